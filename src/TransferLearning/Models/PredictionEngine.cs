using System.Collections.Concurrent;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;

namespace TransferLearning.Models;

/// <summary>
/// Runs a model on single images for any number of threads: at most one image per processor at a time, each in a workspace that is reused.
/// The network is loaded by its engine at first use, or earlier by <see cref="Prepare"/>. Thread-safe.
/// </summary>
internal sealed class PredictionEngine : IDisposable
{
    private readonly ImagePreprocessing _preprocessing;
    private readonly EngineNetwork _network;
    private readonly Lazy<INetworkSession> _session;
    private readonly ConcurrentBag<Workspace> _idle = [];
    private readonly SemaphoreSlim _permits = new(Environment.ProcessorCount);
    private readonly Lock _disposing = new();
    private bool _isDisposed;

    /// <param name="engine">Runs the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="preprocessing">How images become its input.</param>
    public PredictionEngine(INetworkEngine engine, EngineNetwork network, ImagePreprocessing preprocessing)
    {
        (_network, _preprocessing) = (network, preprocessing);
        _session = new Lazy<INetworkSession>(() => engine.Load(network));
    }

    /// <summary>
    /// Starts loading the network on the thread pool, and runs it once on a blank image so that its kernels are compiled too. Does
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
                    return Run(Session(), input => ImageToTensor.Convert(image, _preprocessing, input));
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
    public float[] Predict(ReadOnlyMemory<float> inputs, int count) => Use(session =>
    {
        float[] outputs = new float[count * session.OutputLength];
        Workspace workspace = Take(session);
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
    /// Loads the network, and runs it once in the memory of each thread that will predict, on one image and on the most that will share
    /// a run.
    /// </summary>
    /// <param name="threads">The number of threads, at least 1.</param>
    /// <param name="maxImages">The most images of one run, at least 1.</param>
    /// <param name="cancellationToken">Cancels the work between two runs.</param>
    public void WarmUp(int threads, int maxImages, CancellationToken cancellationToken) => Use(
        session =>
        {
            Workspace[] workspaces = [.. Enumerable.Range(0, threads).Select(_ => Take(session))];
            try
            {
                float[] inputs = new float[maxImages * InputLength];
                float[] outputs = new float[maxImages * session.OutputLength];
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
    public T Use<T>(Func<INetworkSession, T> run, CancellationToken cancellationToken = default)
    {
        _permits.Wait(cancellationToken);
        try
        {
            return run(Session());
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

        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }
    }

    private void PrepareNow()
    {
        try
        {
            Run(static _ => { });
        }
        catch (Exception e) when (e is ObjectDisposedException or NetworkEngineException)
        {
            // The model was disposed of meanwhile, or the first prediction will fail for the same reason.
        }
    }

    private int InputLength => _network.Height * _network.Width * 3;

    /// <summary>The network, for a caller that holds a permit.</summary>
    private INetworkSession Session()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(TransferModel));
        return _session.Value;
    }

    private float[] Run(Action<float[]> fillInput, CancellationToken cancellationToken = default) =>
        Use(session => Run(session, fillInput), cancellationToken);

    private float[] Run(INetworkSession session, Action<float[]> fillInput)
    {
        float[] output = new float[session.OutputLength];
        Workspace workspace = Take(session);
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

    private Workspace Take(INetworkSession session) => _idle.TryTake(out Workspace? idle)
        ? idle
        : new Workspace(session, InputLength);

    private sealed class Workspace(INetworkSession session, int inputLength)
    {
        public INetworkWorker Worker { get; } = session.CreateWorker();

        public float[] Input { get; } = new float[inputLength];
    }
}
