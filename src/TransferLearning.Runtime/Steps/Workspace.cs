using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps;

/// <summary>
/// The memory of one thread that runs a network: the address of each value's first pixel, for each image of a group, and scratch memory.
/// Bounds: every value has as much memory as its layout is long, and steps stay inside their values' layouts.
/// </summary>
internal sealed unsafe class Workspace : IDisposable
{
    /// <summary>The maximum number of images in a group.</summary>
    public const int MaxImages = 8;

    private readonly float*[][] _origins;
    private readonly AlignedMemory _scratch;

    public Workspace(int values, long scratchLength, int images = 1)
    {
        _origins = new float*[images][];
        for (int i = 0; i < images; i++)
        {
            _origins[i] = new float*[values];
        }

        _scratch = new AlignedMemory(scratchLength);
    }

    /// <summary>The threads that run an image together; null where each image has one thread.</summary>
    public IStepTeam? Team { get; set; }

    /// <summary>The current image of the group.</summary>
    public int Image { get; set; }

    /// <summary>The address of each value's first pixel for the current image, by the value's number. Changes while bands run.</summary>
    public float*[] Origins => _origins[Image];

    public float* Scratch => _scratch.Pointer;

    public void Dispose() => _scratch.Dispose();
}
