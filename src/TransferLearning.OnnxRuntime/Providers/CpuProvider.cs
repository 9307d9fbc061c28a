using Microsoft.ML.OnnxRuntime;

namespace TransferLearning.OnnxRuntime.Providers;

/// <summary>The processor: it is in every native library, and needs no setting.</summary>
internal sealed record CpuProvider() : ExecutionProvider(
    "CPU", "CPUExecutionProvider", "cpu", "add the package Microsoft.ML.OnnxRuntime")
{
    /// <summary>Enough to read the weights seldom, and few enough for the processor's cache.</summary>
    public override int ImagesPerRun => 4;

    public override int WaitingThreads => 0;

    public override bool RunsConcurrently => true;

    /// <summary>Groups depend on the number of threads, so they must not change a bit.</summary>
    public override float GroupTolerance => 0;

    public override void AddTo(SessionOptions options)
    {
    }
}
