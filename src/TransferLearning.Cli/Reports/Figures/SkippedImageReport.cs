using TransferLearning.Bottlenecks;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>An image that was left out, and why.</summary>
internal sealed record SkippedImageReport(string Path, string Reason)
{
    public static IReadOnlyList<SkippedImageReport> Of(IEnumerable<SkippedImage> skipped) =>
        [.. skipped.Select(s => new SkippedImageReport(s.Path, s.Reason))];

    public static IReadOnlyList<SkippedImageReport> Of(IEnumerable<ImagePrediction> predictions) =>
        [.. predictions.Where(p => p.Error is not null).Select(p => new SkippedImageReport(p.Path, p.Error!))];
}
