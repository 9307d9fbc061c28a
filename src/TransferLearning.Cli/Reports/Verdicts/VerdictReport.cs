using System.Text.Json;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Reports.Verdicts;

/// <summary>How good a result is, how sure, and what to do next: <c>verdict</c> in <c>--json</c>. The names are part of the command's
/// contract.</summary>
internal sealed record VerdictReport
{
    /// <summary>Such as "good" or "noBetterThanGuessing".</summary>
    public required string Quality { get; init; }

    public required string HowGood { get; init; }

    public required string HowSure { get; init; }

    public required double Accuracy { get; init; }

    public required IntervalReport AccuracyInterval { get; init; }

    public required int Images { get; init; }

    public required string MajorityClass { get; init; }

    /// <summary>The accuracy of always answering <see cref="MajorityClass"/>.</summary>
    public required double MajorityAccuracy { get; init; }

    public required IReadOnlyList<NextStepReport> NextSteps { get; init; }

    public static VerdictReport Of(Verdict verdict) => new()
    {
        Quality = JsonNamingPolicy.CamelCase.ConvertName($"{verdict.Quality}"),
        HowGood = verdict.HowGood,
        HowSure = verdict.HowSure,
        Accuracy = verdict.Accuracy,
        AccuracyInterval = IntervalReport.Of(verdict.Interval),
        Images = verdict.Images,
        MajorityClass = verdict.MajorityClass,
        MajorityAccuracy = verdict.MajorityShare,
        NextSteps =
        [
            .. verdict.NextSteps.Select(s => new NextStepReport(
                JsonNamingPolicy.CamelCase.ConvertName($"{s.Kind}"), s.Finding, s.Advice, s.Command)),
        ],
    };
}
