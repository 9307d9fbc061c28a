using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Inference;

/// <summary>
/// A few decoded images or views of them that go through the network together, and the memory for its outputs. Reused by one thread for
/// one group after the other.
/// </summary>
internal sealed class ImageGroup
{
    private readonly int _capacity;
    private readonly int _inputLength;
    private readonly int _outputLength;
    private readonly float[] _inputs;
    private readonly float[] _outputs;

    // The positions of the images in the data set, and the numbers of the views.
    private readonly List<(int Image, int View)> _members = [];

    /// <param name="size">The size of an image.</param>
    /// <param name="outputLength">The number of floats of an output.</param>
    /// <param name="capacity">The most images.</param>
    public ImageGroup(ImagePreprocessing size, int outputLength, int capacity)
    {
        _capacity = capacity;
        _inputLength = size.Height * size.Width * 3;
        _outputLength = outputLength;
        (_inputs, _outputs) = (new float[capacity * _inputLength], new float[capacity * _outputLength]);
    }

    public bool IsFull => _members.Count == _capacity;

    /// <summary>True while the network runs, and after that has failed.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>[Height, Width, Channels]: the memory for the next view, which <see cref="Add"/> then adds to the group.</summary>
    public Span<float> NextInput() => _inputs.AsSpan(_members.Count * _inputLength, _inputLength);

    public void Add(int image, int view) => _members.Add((image, view));

    /// <summary>Runs the network, hands its outputs to the sink, and empties the group.</summary>
    public void Run(INetworkWorker worker, IInferenceSink sink)
    {
        int count = _members.Count;
        if (count == 0)
        {
            return;
        }

        IsRunning = true;
        worker.Run(_inputs.AsSpan(0, count * _inputLength), count, _outputs.AsSpan(0, count * _outputLength));
        for (int i = 0; i < count; i++)
        {
            (int image, int view) = _members[i];
            sink.Computed(image, view, _outputs.AsSpan(i * _outputLength, _outputLength));
        }

        _members.Clear();
        IsRunning = false;
    }
}
