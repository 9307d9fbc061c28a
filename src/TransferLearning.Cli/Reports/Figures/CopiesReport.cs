using TransferLearning.Bottlenecks;
using TransferLearning.Data;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>The copies among the images of a run.</summary>
/// <param name="Groups">The number of groups on one side of the division.</param>
/// <param name="Images">The number of images in these.</param>
/// <param name="Across">The groups with images in training and validation.</param>
internal sealed record CopiesReport(int Groups, int Images, IReadOnlyList<DuplicateReport> Across)
{
    public static CopiesReport Of(ExtractionSummary extraction)
    {
        DuplicateImages[] kept = [.. extraction.Copies.Where(c => !c.IsLeak)];
        return new CopiesReport(
            kept.Length,
            kept.Sum(c => c.Images.Count),
            [.. extraction.Copies.Where(c => c.IsLeak).Select(DuplicateReport.Of)]);
    }
}
