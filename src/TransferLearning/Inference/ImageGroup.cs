using TransferLearning.Runtime.Execution;

namespace TransferLearning.Inference;

/// <summary>
/// A few decoded images that go through the network together, and the memory for its outputs. Reused by one thread for one group after the
/// other.
/// </summary>
internal sealed class ImageGroup
{
    private readonly int _inputLength;
    private readonly int _outputLength;
    private readonly float[] _inputs;
    private readonly float[] _outputs;
    private readonly List<int> _members = [];

    public ImageGroup(CompiledNetwork network, int capacity)
    {
        _inputLength = network.Height * network.Width * network.Channels;
        _outputLength = network.OutputLength;
        (_inputs, _outputs) = (new float[capacity * _inputLength], new float[capacity * _outputLength]);
    }

    public int Count => _members.Count;

    /// <summary>The positions of the images in the data set.</summary>
    public IReadOnlyList<int> Members => _members;

    /// <summary>[Height, Width, Channels]: the memory for the next image, which <see cref="Add"/> then adds to the group.</summary>
    public Span<float> NextInput() => _inputs.AsSpan(Count * _inputLength, _inputLength);

    public void Add(int index) => _members.Add(index);

    public void Run(NetworkWorker worker)
    {
        if (Count > 0)
        {
            worker.Run(_inputs.AsSpan(0, Count * _inputLength), Count, _outputs.AsSpan(0, Count * _outputLength));
        }
    }

    public ReadOnlySpan<float> Output(int member) => _outputs.AsSpan(member * _outputLength, _outputLength);

    public void Clear() => _members.Clear();
}
