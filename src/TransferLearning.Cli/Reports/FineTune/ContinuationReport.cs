using TransferLearning.Strategies;

namespace TransferLearning.Cli.Reports.FineTune;

/// <summary>How training changed the model that it continued. Accuracies are those on the new validation images of classes that the model
/// already knew; null where there are none.</summary>
internal sealed record ContinuationReport(
    IReadOnlyList<string> KnownClasses,
    IReadOnlyList<string> AddedClasses,
    int KnownImages,
    double? AccuracyBefore,
    double? AccuracyAfter,
    bool Rehearsed)
{
    public static ContinuationReport Of(Continuation continuation) => new(
        continuation.KnownClasses,
        continuation.AddedClasses,
        continuation.Before?.Images ?? 0,
        continuation.Before?.Accuracy,
        continuation.After?.Accuracy,
        continuation.Rehearsed);
}
