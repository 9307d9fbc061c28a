using TransferLearning.Bottlenecks;

namespace TransferLearning.Cli.Progress;

/// <summary>Shows an extraction as a stage of the work.</summary>
internal sealed class ExtractionStage(IProgress<StageProgress> display) : IProgress<ExtractionProgress>
{
    public static ExtractionStage? On(IProgress<StageProgress>? display) => display is null ? null : new ExtractionStage(display);

    public void Report(ExtractionProgress value) =>
        display.Report(new StageProgress("Extracting bottlenecks", value.Done, value.Total, $"{value.ImagesPerSecond:0} images/s"));
}
