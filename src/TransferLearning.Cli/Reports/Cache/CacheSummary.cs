using System.Globalization;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Cache;

/// <summary>Prints the content of the bottleneck cache.</summary>
internal static class CacheSummary
{
    public static void Write(CommandHost host, CacheReport report)
    {
        FigureTable table = new FigureTable().Add("Folder", report.Directory);
        foreach (CachedBackboneReport backbone in report.Backbones)
        {
            string waste = Waste(backbone.Damaged, backbone.Superseded);
            table.Add(backbone.Backbone, $"{backbone.Images} images{waste}, {Megabytes(backbone.Bytes)}");
        }

        foreach (CacheSharedReport shared in report.Shared)
        {
            string waste = Waste(shared.Damaged, shared.Superseded);
            table.Add($"({shared.Contents})", $"{shared.Records} records{waste}, {Megabytes(shared.Bytes)}");
        }

        foreach (CacheShardsReport shards in report.Shards)
        {
            string missing = shards.Missing.Length == 0 ? "" : $" (without {shards.Missing})";
            table.Add(
                $"(shards of {shards.Backbone}, not merged)",
                $"{shards.Complete} of {shards.Count} complete{missing}, {shards.Images} images, {Megabytes(shards.Bytes)}");
        }

        if (report.Backbones.Count + report.Shared.Count > 0)
        {
            table.Add("Together", $"{Megabytes(report.Bytes)}, {Megabytes(report.WasteBytes)} of it waste");
        }
        else if (report.FreedBytes is null && report.Shards.Count == 0)
        {
            table.Add("Cached", "nothing");
        }

        if (report.Merge is { Shards: 0, Missing.Count: 0 })
        {
            table.Add("Merged", "nothing: there are no shards");
        }
        else if (report.Merge is { } merge)
        {
            table.Add("Merged", $"{merge.Shards} shards, {merge.Added} images added");
        }

        if (report.Compaction is { } compaction)
        {
            table.Add("Removed", $"{compaction.Superseded} superseded and {compaction.Damaged} damaged records");
            foreach (string eviction in compaction.Evictions)
            {
                table.Add("Limit", eviction);
            }
        }

        if (report.FreedBytes is { } freed)
        {
            table.Add("Freed", Megabytes(freed));
        }

        table.WriteTo(host);
    }

    private static string Waste(int? damaged, int superseded) =>
        (damaged is { } count ? $", {count} damaged" : "") + (superseded > 0 ? $", {superseded} superseded" : "");

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
