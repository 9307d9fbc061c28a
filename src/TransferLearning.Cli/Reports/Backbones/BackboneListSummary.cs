using System.Globalization;
using Spectre.Console;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Reports.Backbones;

/// <summary>Prints the backbones: a table on a terminal, tab-separated lines elsewhere.</summary>
internal static class BackboneListSummary
{
    private static readonly string[] Columns = ["Backbone", "MB", "Input", "Top-1", "License", "Present"];

    public static void Write(CommandHost host, BackboneListReport report)
    {
        string[][] rows = [.. report.Backbones.Select(Cells)];
        if (host.OutputIsTerminal)
        {
            Table table = new Table().Border(TableBorder.Rounded);
            foreach (string column in Columns)
            {
                table.AddColumn(column);
            }

            foreach (string[] row in rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            CommandHost.CreateConsole(host.Output).Write(table);
        }
        else
        {
            host.Output.WriteLine(string.Join('\t', Columns));
            foreach (string[] row in rows)
            {
                host.Output.WriteLine(string.Join('\t', row));
            }
        }

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
