namespace TransferLearning.Cli.Progress;

/// <summary>Shows how many images have been read.</summary>
internal sealed class CheckStage(IProgress<StageProgress> display, int total) : IProgress<int>
{
    public void Report(int value) => display.Report(new StageProgress("Checking images", value, total, ""));
}
