using Spectre.Console;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Reports.Advise;

/// <summary>Prints advice: a table of the backbones (tab-separated lines when not on a terminal), then the recommendation and its
/// evidence.</summary>
internal static class AdviceSummary
{
    private static readonly string[] Columns =
        ["Backbone", "Accuracy", "LogME", "Similarity", "ms per image", "Seconds to extract", "Seconds to train", "MB", "Within budget"];

    public static void Write(CommandHost host, AdviseReport report)
    {
        string[][] rows = [.. report.Candidates.Select(Cells)];
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

        host.Output.WriteLine(
            report.Recommended is null ? "recommended: none" : $"recommended: {report.Strategy} with {report.Recommended}");
        foreach (string sentence in report.Evidence)
        {
            host.Output.WriteLine($"- {sentence}");
        }
    }

    private static string[] Cells(CandidateReport c) =>
    [
        c.Backbone,
        $"{c.Accuracy:0.000}",
        $"{c.LogMe:0.000}",
        $"{c.Similarity:0.00}",
        $"{c.MillisecondsPerImage:0.0}",
        $"{c.SecondsExtracting:0.0}",
        $"{c.SecondsTraining:0.00}",
        $"{c.ModelBytes / 1e6:0.0}",
        c.WithinBudget ? "yes" : "no",
    ];
}
