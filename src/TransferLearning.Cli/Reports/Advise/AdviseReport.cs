using TransferLearning.Advice;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Advise;

/// <summary>What <c>advise --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record AdviseReport
{
    /// <summary>The backbone's name; null where none is within the budget.</summary>
    public required string? Recommended { get; init; }

    public required string Strategy { get; init; }

    public required IReadOnlyList<CandidateReport> Candidates { get; init; }

    public required LearningCurveReport LearningCurve { get; init; }

    /// <summary>What training the last stage too brings; null without <c>--try-unfreezing</c>, or where it was not tried.</summary>
    public required UnfreezingReport? Unfreezing { get; init; }

    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>The commands that do what is recommended.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    public required int Images { get; init; }

    public required int Classes { get; init; }

    public required int Skipped { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }

    public static AdviseReport Of(AdviceResult result, AdviceCommands commands)
    {
        IReadOnlyList<SkippedImageReport> skipped = SkippedImageReport.Of(result.Skipped);
        return new AdviseReport
        {
            Recommended = result.Recommended?.Backbone.Name,
            Strategy = StrategyName(result.Strategy),
            Candidates = [.. result.Candidates.Select(CandidateReport.Of)],
            LearningCurve = LearningCurveReport.Of(result.LearningCurve),
            Unfreezing = UnfreezingReport.Of(result.Unfreezing),
            Evidence = result.Evidence,
            Commands = commands.Of(result),
            Images = result.Images,
            Classes = result.Classes.Count,
            Skipped = skipped.Count,
            SkippedImages = skipped,
        };
    }

    /// <summary>The name of the strategy's verb.</summary>
    private static string StrategyName(RecommendedStrategy strategy) => strategy switch
    {
        RecommendedStrategy.FineTuning => "fine-tune",
        RecommendedStrategy.CrossValidation => "cross-validate",
        RecommendedStrategy.ParallelTraining => "parallel-train",
        RecommendedStrategy.PreTraining => "pre-train",
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "a verb was expected for every strategy"),
    };
}
