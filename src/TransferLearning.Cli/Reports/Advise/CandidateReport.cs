using TransferLearning.Advice;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Advise;

/// <summary>One of the backbones that <c>advise</c> compares.</summary>
internal sealed record CandidateReport
{
    public required string Backbone { get; init; }

    public required double Accuracy { get; init; }

    public required IntervalReport AccuracyInterval { get; init; }

    public required double AccuracyError { get; init; }

    public required double LogLoss { get; init; }

    public required double LogMe { get; init; }

    public required double Similarity { get; init; }

    public required double MillisecondsPerImage { get; init; }

    public required double SecondsExtracting { get; init; }

    public required double SecondsTraining { get; init; }

    public required long ModelBytes { get; init; }

    public required bool WithinBudget { get; init; }

    public static CandidateReport Of(BackboneAdvice advice) => new()
    {
        Backbone = advice.Backbone.Name,
        Accuracy = advice.Accuracy,
        AccuracyInterval = IntervalReport.Of(advice.AccuracyInterval),
        AccuracyError = advice.AccuracyError,
        LogLoss = advice.LogLoss,
        LogMe = advice.LogMe,
        Similarity = advice.Similarity,
        MillisecondsPerImage = advice.MillisecondsPerImage,
        SecondsExtracting = advice.SecondsExtracting,
        SecondsTraining = advice.SecondsTraining,
        ModelBytes = advice.ModelBytes,
        WithinBudget = advice.IsWithinBudget,
    };
}
