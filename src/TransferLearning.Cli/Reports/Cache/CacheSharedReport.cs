using TransferLearning.Bottlenecks;

namespace TransferLearning.Cli.Reports.Cache;

/// <summary>A file that all backbones share; <see cref="Damaged"/> is null where the records were not checked.</summary>
internal sealed record CacheSharedReport(string Contents, int Records, int? Damaged, int Superseded, long Bytes, long WasteBytes)
{
    public static CacheSharedReport Of(BottleneckCacheSharedFile file) =>
        new(file.Contents, file.Records, file.Damaged, file.Superseded, file.Bytes, file.WasteBytes);
}
