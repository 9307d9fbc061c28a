using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Evaluation;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Reports.FineTune;

/// <summary>
/// How training changed the model that it continued. Accuracies are those on the new validation images of classes that the model already
/// knew; null where there are none. <paramref name="TrainingImages"/> is the number of validation images that the model had been trained
/// on; null where it does not keep them.
/// </summary>
internal sealed record ContinuationReport(
    IReadOnlyList<string> KnownClasses,
    IReadOnlyList<string> AddedClasses,
    int KnownImages,
    double? AccuracyBefore,
    IntervalReport? AccuracyBeforeInterval,
    double? AccuracyAfter,
    IntervalReport? AccuracyAfterInterval,
    bool Rehearsed,
    int? TrainingImages)
{
    public static ContinuationReport Of(Continuation continuation) => new(
        continuation.KnownClasses,
        continuation.AddedClasses,
        continuation.Before?.Images ?? 0,
        continuation.Before?.Accuracy,
        IntervalReport.Of(continuation.Before),
        continuation.After?.Accuracy,
        IntervalReport.Of(continuation.After),
        continuation.Rehearsed,
        continuation.TrainingOverlap?.Found);
}
