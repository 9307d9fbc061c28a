using TransferLearning.Runtime.Execution;

namespace TransferLearning.Inference;

/// <summary>
/// A few decoded images or views of them that go through the network together, and the memory for its outputs. Reused by one thread for
/// one group after the other.
/// </summary>
internal sealed class ImageGroup
{
    private readonly int _inputLength;
    private readonly int _outputLength;
    private readonly float[] _inputs;
    private readonly float[] _outputs;
    private readonly List<(int Image, int View)> _members = [];

    public ImageGroup(CompiledNetwork network, int capacity)
    {
        _inputLength = network.Height * network.Width * network.Channels;
        _outputLength = network.OutputLength;
        (_inputs, _outputs) = (new float[capacity * _inputLength], new float[capacity * _outputLength]);
    }

    public int Count => _members.Count;

    /// <summary>The positions of the images in the data set, and the numbers of the views.</summary>
    public IReadOnlyList<(int Image, int View)> Members => _members;

    /// <summary>[Height, Width, Channels]: the memory for the next view, which <see cref="Add"/> then adds to the group.</summary>
    public Span<float> NextInput() => _inputs.AsSpan(Count * _inputLength, _inputLength);

    public void Add(int image, int view) => _members.Add((image, view));

    /// <summary>Runs the network.</summary>
    /// <param name="worker">The network.</param>
    /// <param name="batch">The number of views that go through the network at a time, at most.</param>
    /// <param name="stop">Stops the work between two batches.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public void Run(NetworkWorker worker, int batch, CancellationToken stop)
    {
        for (int first = 0; first < Count; first += batch)
        {
            stop.ThrowIfCancellationRequested();
            int count = Math.Min(batch, Count - first);
            worker.Run(
                _inputs.AsSpan(first * _inputLength, count * _inputLength),
                count,
                _outputs.AsSpan(first * _outputLength, count * _outputLength));
        }
    }

    public ReadOnlySpan<float> Output(int member) => _outputs.AsSpan(member * _outputLength, _outputLength);

    public void Clear() => _members.Clear();
}
