using System.Collections.Concurrent;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

/// <summary>
/// Runs a model on single images for any number of threads: at most one image per processor at a time, each in a workspace that is reused.
/// The network is compiled at first use, or earlier by <see cref="Prepare"/>. Thread-safe.
/// </summary>
internal sealed class PredictionEngine : IDisposable
{
    private readonly ImagePreprocessing _preprocessing;
    private readonly Lazy<CompiledNetwork> _network;
    private readonly ConcurrentBag<Workspace> _idle = [];
    private readonly SemaphoreSlim _permits = new(Environment.ProcessorCount);
    private readonly Lock _disposing = new();
    private bool _isDisposed;

    public PredictionEngine(Graph graph, ImagePreprocessing preprocessing, string outputName)
    {
        _preprocessing = preprocessing;
        var options = new NetworkOptions { Height = preprocessing.Height, Width = preprocessing.Width, OutputName = outputName };
        _network = new Lazy<CompiledNetwork>(() => CompiledNetwork.Compile(graph, options));
    }

    /// <summary>
    /// Starts compiling the network on the thread pool, and runs it once on a blank image so that its kernels are compiled too. Does
    /// nothing on a single processor, where there is nothing to gain.
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

    /// <summary>
    /// Runs something on the network, which is not disposed of meanwhile. Waits while as many runs as processors are active.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed of.</exception>
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

    /// <summary>Waits for what is running. Several threads may call it, also while others run something.</summary>
    public void Dispose()
    {
        // One after the other: two threads that each hold some of the permits would wait for each other.
        lock (_disposing)
        {
            // Holding all permits means that nothing is running.
            for (int i = 0; i < Environment.ProcessorCount; i++)
            {
                _permits.Wait();
            }

            Free();
            _permits.Release(Environment.ProcessorCount);
        }
    }

    private void Free()
    {
        if (_isDisposed)
        {
            return;
        }

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

    private void PrepareNow()
    {
        try
        {
            Run(static _ => { });
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidNetworkException)
        {
            // The model was disposed of meanwhile, or the first prediction will fail for the same reason.
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
