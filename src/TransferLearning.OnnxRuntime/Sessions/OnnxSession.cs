using Microsoft.ML.OnnxRuntime;
using TransferLearning.Inference;
using TransferLearning.OnnxRuntime.Providers;

namespace TransferLearning.OnnxRuntime.Sessions;

/// <summary>A network that ONNX Runtime has loaded. Thread-safe.</summary>
internal sealed class OnnxSession : INetworkSession
{
    private readonly InferenceSession _session;
    private readonly ExecutionProvider _provider;
    private readonly Lock _device = new();
    private readonly Lock _check = new();
    private bool? _takesGroups;

    /// <param name="engine">The engine's name, for messages.</param>
    /// <param name="session">What was loaded; it belongs to this.</param>
    /// <param name="network">The same network.</param>
    /// <param name="provider">What computes.</param>
    public OnnxSession(string engine, InferenceSession session, EngineNetwork network, ExecutionProvider provider) =>
        (Engine, _session, Network, _provider) = (engine, session, network, provider);

    public string Engine { get; }

    public EngineNetwork Network { get; }

    public int OutputLength => Network.OutputLength;

    public int ImagesPerRun => _provider.ImagesPerRun;

    public int WaitingThreads => _provider.WaitingThreads;

    public INetworkWorker CreateWorker() => new OnnxWorker(this);

    public OrtIoBinding CreateBinding() => _session.CreateIoBinding();

    /// <summary>
    /// Whether images may share a run. One worker finds it out; until then, the others do not wait, but run single images.
    /// </summary>
    public bool TakesGroups(OnnxWorker worker)
    {
        if (_takesGroups is null && _check.TryEnter())
        {
            try
            {
                _takesGroups ??= worker.ComparesGroupWithSingles(_provider.GroupTolerance);
            }
            finally
            {
                _check.Exit();
            }
        }

        return _takesGroups == true;
    }

    /// <summary>Runs the network once, on the memory of a binding.</summary>
    /// <exception cref="OnnxRuntimeException">It cannot be run.</exception>
    public void Run(RunOptions options, OrtIoBinding binding)
    {
        if (_provider.RunsConcurrently)
        {
            _session.RunWithBinding(options, binding);
            return;
        }

        lock (_device)
        {
            binding.SynchronizeBoundInputs();
            _session.RunWithBinding(options, binding);
            binding.SynchronizeBoundOutputs();
        }
    }

    public void Dispose() => _session.Dispose();
}
