using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Phases;

/// <summary>
/// The memory of one thread, and that which all threads share for the length of a layer. Bounds: a layer uses no more than it asked for.
/// </summary>
internal sealed unsafe class TrainingWorkspace(long scratchLength, AlignedMemory shared) : IDisposable
{
    private readonly AlignedMemory _scratch = new(scratchLength);

    /// <summary>The number of images of the current batch.</summary>
    public int Images { get; set; }

    public float* Scratch => _scratch.Pointer;

    public float* Shared => shared.Pointer;

    public void Dispose() => _scratch.Dispose();
}
