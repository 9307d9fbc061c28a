using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// The memory of one thread that runs a network: where each value's first pixel lies, and scratch memory for row bands. Bounds: the
/// <see cref="MemoryPlan"/> gives every value an interval of its layout's length, and steps stay inside their values' layouts.
/// </summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly AlignedMemory _scratch;

    public Workspace(int values, long scratchLength)
    {
        Origins = new float*[values];
        _scratch = new AlignedMemory(scratchLength);
    }

    /// <summary>The first pixel of each value, by its number. Changes while a band of rows runs.</summary>
    public float*[] Origins { get; }

    public float* Scratch => _scratch.Pointer;

    public void Dispose() => _scratch.Dispose();
}
