using TransferLearning.Runtime;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones.Inspection;

/// <summary>What running a network costs on this machine. Immutable.</summary>
internal sealed record NetworkCost
{
    private const int WarmUps = 2;
    private const int MaxRuns = 9;
    private const int ImagesPerThread = 4;

    // A network whose operators have no kernels takes seconds per image: fewer runs are precise enough.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(3);

    /// <summary>The multiplications, each with an addition, for one image.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>The bytes of the weights as float32, in the part that computes the features.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>The bytes of memory that the compiled network takes for its weights.</summary>
    public required long SharedBytes { get; init; }

    /// <summary>The bytes of memory that each thread takes.</summary>
    public required long BytesPerThread { get; init; }

    /// <summary>Milliseconds per image for single images on one thread: the median of some runs, without decoding.</summary>
    public required double MillisecondsOneThread { get; init; }

    /// <summary>Milliseconds per image for many images on all threads.</summary>
    public required double MillisecondsAllThreads { get; init; }

    /// <summary>The number of all threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Compiles a network and times it.</summary>
    /// <param name="graph">The network, from the image to the features.</param>
    /// <param name="network">The same, compiled for all threads.</param>
    /// <param name="threads">The number of threads that it was compiled for.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidNetworkException">The nodes do not fit the input.</exception>
    public static NetworkCost Measure(Graph graph, CompiledNetwork network, int threads, TimeProvider time)
    {
        int imageLength = network.Height * network.Width * network.Channels, images = threads * ImagesPerThread;
        float[] input = Pixels(images * imageLength), output = new float[images * network.OutputLength];
        using NetworkWorker worker = network.CreateWorker();
        return new NetworkCost
        {
            MultiplyAdds = Runtime.Evaluation.MultiplyAdds.Count(
                graph, new Shape(1, network.Channels, network.Height, network.Width)),
            WeightBytes = graph.Initializers.Values.Sum(
                t => t.Type == ElementType.Float32 ? (long)t.Length * sizeof(float) : 0),
            SharedBytes = network.WeightBytes,
            BytesPerThread = network.WorkerBytes,
            MillisecondsOneThread = Median(time, () => worker.Run(input.AsSpan(0, imageLength), 1, output)),
            MillisecondsAllThreads = Median(time, () => network.Run(input, images, output)) / images,
            Threads = threads,
        };
    }

    private static double Median(TimeProvider time, Action run)
    {
        long begin = time.GetTimestamp();
        var milliseconds = new List<double>();
        for (int i = 0; i < WarmUps + MaxRuns && (milliseconds.Count == 0 || time.GetElapsedTime(begin) < MaxTime); i++)
        {
            long start = time.GetTimestamp();
            run();
            milliseconds.Add(time.GetElapsedTime(start).TotalMilliseconds);
        }

        double[] timed = [.. milliseconds.Skip(Math.Min(WarmUps, milliseconds.Count - 1)).Order()];
        return timed[timed.Length / 2];
    }

    /// <summary>Values from -1 to 1 that differ from pixel to pixel.</summary>
    private static float[] Pixels(int length)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = (i * 97 % 255 / 127f) - 1;
        }

        return values;
    }
}
