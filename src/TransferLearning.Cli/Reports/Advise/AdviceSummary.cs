using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Advise;

/// <summary>Prints advice: a table of the backbones (tab-separated lines when not on a terminal), then the recommendation, its
/// evidence, and the commands to type.</summary>
internal static class AdviceSummary
{
    private static readonly string[] Columns =
    [
        "Backbone", "Accuracy", "95% interval", "Images", "LogME", "Similarity", "ms per image", "Seconds to extract", "Seconds to train",
        "MB", "Within budget",
    ];

    public static void Write(CommandHost host, AdviseReport report)
    {
        ColumnTable.Write(host, Columns, [.. report.Candidates.Select(c => Cells(c, report.Images))]);
        host.Output.WriteLine(
            report.Recommended is null ? "recommended: none" : $"recommended: {report.Strategy} with {report.Recommended}");
        foreach (string sentence in report.Evidence)
        {
            host.Output.WriteLine($"- {sentence}");
        }

        foreach (string command in report.Commands)
        {
            host.Output.WriteLine($"next: {command}");
        }
    }

    private static string[] Cells(CandidateReport c, int images) =>
    [
        c.Backbone,
        $"{c.Accuracy:0.000}",
        $"{c.AccuracyInterval}",
        $"{images}",
        $"{c.LogMe:0.000}",
        $"{c.Similarity:0.00}",
        $"{c.MillisecondsPerImage:0.0}",
        $"{c.SecondsExtracting:0.0}",
        $"{c.SecondsTraining:0.00}",
        $"{c.ModelBytes / 1e6:0.0}",
        c.WithinBudget ? "yes" : "no",
    ];
}
