using System.Globalization;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Backbones;

/// <summary>Prints the backbones: a table on a terminal, tab-separated lines elsewhere.</summary>
internal static class BackboneListSummary
{
    private static readonly string[] Columns = ["Backbone", "MB", "Input", "Top-1", "License", "Present"];

    public static void Write(CommandHost host, BackboneListReport report)
    {
        ColumnTable.Write(host, Columns, [.. report.Backbones.Select(Cells)]);
        host.Output.WriteLine($"'transfer backbones fetch NAME' gets one into '{report.Directory}'; --backbone NAME then uses it.");
    }

    private static string[] Cells(ListedBackboneReport backbone) =>
    [
        backbone.Name,
        (backbone.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture),
        $"{backbone.Width} x {backbone.Height}",
        backbone.Top1?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-",
        backbone.License,
        backbone.Address is null ? "built in" : backbone.Present ? "yes" : "no",
    ];
}
