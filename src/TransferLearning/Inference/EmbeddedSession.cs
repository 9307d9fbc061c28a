using TransferLearning.Runtime.Execution;

namespace TransferLearning.Inference;

/// <summary>A network compiled by the embedded runtime. Thread-safe.</summary>
/// <param name="network">The compiled network, which the session owns.</param>
internal sealed class EmbeddedSession(CompiledNetwork network) : INetworkSession
{
    /// <summary>Images that go through the network together share its weights in the processor's cache.</summary>
    private const int GroupSize = 8;

    public int OutputLength => network.OutputLength;

    public int ImagesPerRun => GroupSize;

    public int WaitingThreads => 0;

    public string? Warning => SlowOperators.Warning(network.WithoutKernel);

    public INetworkWorker CreateWorker() => new Worker(network.CreateWorker());

    public void Dispose() => network.Dispose();

    private sealed class Worker(NetworkWorker worker) : INetworkWorker
    {
        public void Run(ReadOnlySpan<float> images, int count, Span<float> outputs) => worker.Run(images, count, outputs);

        public void Dispose() => worker.Dispose();
    }
}
