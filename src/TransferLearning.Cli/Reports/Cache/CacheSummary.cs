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
            string damaged = backbone.Damaged is { } count ? $", {count} damaged" : "";
            table.Add(backbone.Backbone, $"{backbone.Images} images{damaged}, {Megabytes(backbone.Bytes)}");
        }

        if (report.FreedBytes is { } freed)
        {
            table.Add("Freed", Megabytes(freed));
        }
        else if (report.Backbones.Count == 0)
        {
            table.Add("Cached", "nothing");
        }

        table.WriteTo(host);
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
