using TransferLearning.Bottlenecks;

namespace TransferLearning.Cli.Progress;

/// <summary>Shows an extraction as a stage of the work.</summary>
internal sealed class ExtractionStage(IProgress<StageProgress> display, string? faster) : IProgress<ExtractionProgress>
{
    private const string Stage = "Extracting bottlenecks";

    private readonly LongExtraction _long = new(faster);

    /// <param name="display">Where it is shown; null for nowhere.</param>
    /// <param name="faster">What makes a long extraction faster, as a clause; null where nothing is known to.</param>
    public static ExtractionStage? On(IProgress<StageProgress>? display, string? faster) =>
        display is null ? null : new ExtractionStage(display, faster);

    public void Report(ExtractionProgress value) => display.Report(
        new StageProgress(Stage, value.Done, value.Total, $"{value.ImagesPerSecond:0} images/s") { Note = _long.Note(Stage, value) });
}
