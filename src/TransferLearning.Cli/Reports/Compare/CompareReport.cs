using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Evaluation;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Compare;

/// <summary>What <c>compare --json</c> writes.</summary>
internal sealed record CompareReport
{
    public required int Images { get; init; }

    public required ComparedModelReport First { get; init; }

    public required ComparedModelReport Second { get; init; }

    /// <summary>How much more accurate the second model is, -1..1.</summary>
    public required double Difference { get; init; }

    public required IntervalReport DifferenceInterval { get; init; }

    /// <summary>The number of images that only the first model classifies correctly.</summary>
    public required int OnlyFirstRight { get; init; }

    /// <summary>The number of images that only the second model classifies correctly.</summary>
    public required int OnlySecondRight { get; init; }

    /// <summary>Of McNemar's test.</summary>
    public required double PValue { get; init; }

    /// <summary><c>exact</c> or <c>chi-squared</c>.</summary>
    public required string Test { get; init; }

    public required IReadOnlyList<ComparedClassReport> Classes { get; init; }

    public required IReadOnlyList<ChangedImageReport> Changed { get; init; }

    public required IReadOnlyList<string> OnlyInFirst { get; init; }

    public required IReadOnlyList<string> OnlyInSecond { get; init; }

    /// <summary>The number of images that were left out because only one of the models knows their label.</summary>
    public required int LeftOut { get; init; }

    public required int Skipped { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }

    public static CompareReport Of(ModelComparison comparison, string first, string second)
    {
        McNemarTest test = comparison.Test;
        return new CompareReport
        {
            Images = comparison.Images,
            First = ComparedModelReport.Of(first, comparison.First),
            Second = ComparedModelReport.Of(second, comparison.Second),
            Difference = comparison.Difference,
            DifferenceInterval = IntervalReport.Of(comparison.DifferenceInterval),
            OnlyFirstRight = test.OnlyFirst,
            OnlySecondRight = test.OnlySecond,
            PValue = test.PValue,
            Test = test.IsExact ? "exact" : "chi-squared",
            Classes = [.. comparison.Classes.Select(ComparedClassReport.Of)],
            Changed = [.. comparison.Changed.Select(ChangedImageReport.Of)],
            OnlyInFirst = comparison.OnlyInFirst,
            OnlyInSecond = comparison.OnlyInSecond,
            LeftOut = comparison.LeftOut,
            Skipped = comparison.Skipped.Count,
            SkippedImages = SkippedImageReport.Of(comparison.Skipped),
        };
    }
}
