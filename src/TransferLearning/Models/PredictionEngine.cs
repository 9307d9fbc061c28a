using System.Collections.Concurrent;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

/// <summary>
/// Runs a model for any number of threads: as many at a time as there are processors, each with a workspace that is used again. The
/// network is compiled at first use, or where <see cref="Prepare"/> began to. Thread-safe.
/// </summary>
internal sealed class PredictionEngine : IDisposable
{
    private readonly ImagePreprocessing _preprocessing;
    private readonly Lazy<CompiledNetwork> _network;
    private readonly ConcurrentBag<Workspace> _idle = [];
    private readonly SemaphoreSlim _permits = new(Environment.ProcessorCount);
    private bool _isDisposed;

    public PredictionEngine(Graph graph, ImagePreprocessing preprocessing, string outputName)
    {
        _preprocessing = preprocessing;
        var options = new NetworkOptions { Height = preprocessing.Height, Width = preprocessing.Width, OutputName = outputName };
        _network = new Lazy<CompiledNetwork>(() => CompiledNetwork.Compile(graph, options));
    }

    /// <summary>
    /// Begins to compile the network and to run it on a blank image, which has the just-in-time compiler meet its kernels, on a thread of the
    /// pool. With a single processor there is nothing to gain.
    /// </summary>
    public void Prepare()
    {
        if (Environment.ProcessorCount > 1)
        {
            Task.Run(PrepareNow);
        }
    }

    /// <summary>The network's output for one image, in a new array.</summary>
    public float[] Predict(RgbImage image) => Run(input => ImageToTensor.Convert(image, _preprocessing, input));

    /// <summary>Keeps the network alive while something runs on it.</summary>
    public T Use<T>(Func<CompiledNetwork, T> run)
    {
        _permits.Wait();
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(TransferModel));
            return run(_network.Value);
        }
        finally
        {
            _permits.Release();
        }
    }

    public void Dispose()
    {
        // With all permits in hand, nothing runs any more.
        for (int i = 0; i < Environment.ProcessorCount; i++)
        {
            _permits.Wait();
        }

        if (!_isDisposed)
        {
            _isDisposed = true;
            while (_idle.TryTake(out Workspace? workspace))
            {
                workspace.Worker.Dispose();
            }

            if (_network.IsValueCreated)
            {
                _network.Value.Dispose();
            }
        }

        _permits.Release(Environment.ProcessorCount);
    }

    private void PrepareNow()
    {
        try
        {
            Run(static _ => { });
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidNetworkException)
        {
            // Nobody predicts any more, or the first prediction fails with the same.
        }
    }

    private float[] Run(Action<float[]> fillInput) => Use(network =>
    {
        Workspace workspace = _idle.TryTake(out Workspace? idle) ? idle : new Workspace(network);
        float[] output = new float[network.OutputLength];
        fillInput(workspace.Input);
        workspace.Worker.Run(workspace.Input, 1, output);
        _idle.Add(workspace);
        return output;
    });

    private sealed class Workspace(CompiledNetwork network)
    {
        public NetworkWorker Worker { get; } = network.CreateWorker();

        public float[] Input { get; } = new float[network.Height * network.Width * network.Channels];
    }
}
