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
    /// <exception cref="OperationCanceledException">The prediction was canceled while it waited.</exception>
    public float[] Predict(RgbImage image, CancellationToken cancellationToken = default) =>
        Run(input => ImageToTensor.Convert(image, _preprocessing, input), cancellationToken);

    /// <summary>
    /// The network's output for one image, which is decoded first, on the thread pool. No thread waits while as many runs as processors are
    /// active.
    /// </summary>
    /// <exception cref="OperationCanceledException">The prediction was canceled before the network ran.</exception>
    public async Task<float[]> PredictAsync(Func<RgbImage> decode, CancellationToken cancellationToken)
    {
        await _permits.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    RgbImage image = decode();
                    cancellationToken.ThrowIfCancellationRequested();
                    return Run(Network(), input => ImageToTensor.Convert(image, _preprocessing, input));
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _permits.Release();
        }
    }

    /// <summary>The network's outputs for several images, which share one run.</summary>
    /// <param name="inputs">[count, Height, Width, 3], already normalized.</param>
    /// <param name="count">The number of images.</param>
    /// <returns>[count, length of an output].</returns>
    public float[] Predict(ReadOnlyMemory<float> inputs, int count) => Use(network =>
    {
        float[] outputs = new float[count * network.OutputLength];
        Workspace workspace = Take(network);
        try
        {
            workspace.Worker.Run(inputs.Span, count, outputs);
            return outputs;
        }
        finally
        {
            _idle.Add(workspace);
        }
    });

    /// <summary>
    /// Compiles the network, and runs it once in the memory of each thread that will predict, on one image and on the most that will share
    /// a run.
    /// </summary>
    /// <param name="threads">The number of threads, at least 1.</param>
    /// <param name="maxImages">The most images of one run, at least 1.</param>
    /// <param name="cancellationToken">Cancels the work between two runs.</param>
    public void WarmUp(int threads, int maxImages, CancellationToken cancellationToken) => Use(
        network =>
        {
            Workspace[] workspaces = [.. Enumerable.Range(0, threads).Select(_ => Take(network))];
            try
            {
                float[] inputs = new float[maxImages * network.Height * network.Width * network.Channels];
                float[] outputs = new float[maxImages * network.OutputLength];
                foreach (Workspace workspace in workspaces)
                {
                    foreach (int count in new[] { 1, maxImages }.Distinct())
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        workspace.Worker.Run(inputs, count, outputs);
                    }
                }

                return true;
            }
            finally
            {
                foreach (Workspace workspace in workspaces)
                {
                    _idle.Add(workspace);
                }
            }
        },
        cancellationToken);

    /// <summary>
    /// Runs something on the network, which is not disposed of meanwhile. Waits while as many runs as processors are active.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed of.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled while it waited.</exception>
    public T Use<T>(Func<CompiledNetwork, T> run, CancellationToken cancellationToken = default)
    {
        _permits.Wait(cancellationToken);
        try
        {
            return run(Network());
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

    /// <summary>The network, for a caller that holds a permit.</summary>
    private CompiledNetwork Network()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(TransferModel));
        return _network.Value;
    }

    private float[] Run(Action<float[]> fillInput, CancellationToken cancellationToken = default) =>
        Use(network => Run(network, fillInput), cancellationToken);

    private float[] Run(CompiledNetwork network, Action<float[]> fillInput)
    {
        float[] output = new float[network.OutputLength];
        Workspace workspace = Take(network);
        try
        {
            fillInput(workspace.Input);
            workspace.Worker.Run(workspace.Input, 1, output);
            return output;
        }
        finally
        {
            _idle.Add(workspace);
        }
    }

    private Workspace Take(CompiledNetwork network) => _idle.TryTake(out Workspace? idle) ? idle : new Workspace(network);

    private sealed class Workspace(CompiledNetwork network)
    {
        public NetworkWorker Worker { get; } = network.CreateWorker();

        public float[] Input { get; } = new float[network.Height * network.Width * network.Channels];
    }
}
