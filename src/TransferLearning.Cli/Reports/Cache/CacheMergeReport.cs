using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Cache;

/// <summary>What <c>cache merge</c> has joined.</summary>
internal sealed record CacheMergeReport(
    int Shards,
    IReadOnlyList<int> Missing,
    int Added,
    int Damaged,
    long Bytes,
    int Skipped,
    IReadOnlyList<SkippedImageReport> SkippedImages,
    IReadOnlyList<string> Warnings)
{
    public static CacheMergeReport Of(BottleneckCacheMerge merge)
    {
        IReadOnlyList<SkippedImageReport> skipped = SkippedImageReport.Of(merge.Skipped);
        string[] warnings =
        [
            .. merge.Missing.Count == 0 ? (string[])[]
                : [$"{merge.Missing.Count} shards were not complete: the next command computes what they lack"],
            .. merge.Damaged == 0 ? (string[])[]
                : [$"{merge.Damaged} damaged records were left out: what no other record has is computed again"],
        ];
        return new CacheMergeReport(
            merge.Shards, merge.Missing, merge.Added, merge.Damaged, merge.Bytes, skipped.Count, skipped, warnings);
    }
}
