using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Hosting;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>An image that was left out, and why.</summary>
internal sealed record SkippedImageReport(string Path, string Reason)
{
    public static IReadOnlyList<SkippedImageReport> Of(IEnumerable<SkippedImage> skipped) =>
        [.. skipped.Select(s => Of(s.Path, s.Reason))];

    public static IReadOnlyList<SkippedImageReport> Of(IEnumerable<ImagePrediction> predictions) =>
        [.. predictions.Where(p => p.Error is not null).Select(p => Of(p.Path, p.Error!))];

    /// <summary>An image with the library's reason, in which the command's options are named.</summary>
    public static SkippedImageReport Of(string path, string reason) => new(path, OptionNames.In(reason));
}
