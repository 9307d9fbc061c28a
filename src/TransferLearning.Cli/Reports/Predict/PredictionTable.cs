using Spectre.Console;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Reports.Predict;

/// <summary>Prints predictions: a table on a terminal, tab-separated lines elsewhere: path, label,
/// probability, where asked for the further labels with their probabilities, and <c>unknown</c> where the image seems to be of none of the
/// classes.</summary>
internal static class PredictionTable
{
    // Anything below would be printed as 0.00.
    private const double MinShown = 0.005;

    /// <param name="host">Where to print.</param>
    /// <param name="predictions">One prediction per image.</param>
    /// <param name="showsAll">Whether all labels of <see cref="PredictionReport.Top"/> are printed, whatever their probability.</param>
    public static void Write(CommandHost host, IReadOnlyList<PredictionReport> predictions, bool showsAll)
    {
        if (!host.OutputIsTerminal)
        {
            foreach (PredictionReport prediction in predictions)
            {
                string unknown = prediction.Unknown == true ? "\tunknown" : "";
                IEnumerable<string> further = showsAll
                    ? prediction.Top.Skip(prediction.Unsure == true ? 0 : 1).Select(l => $"\t{l.Label}\t{l.Probability:0.0000}")
                    : [];
                host.Output.WriteLine(
                    $"{prediction.Path}\t{prediction.Label}\t{prediction.Probability:0.0000}{string.Concat(further)}{unknown}");
            }

            return;
        }

        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Image")
            .AddColumn("Label")
            .AddColumn(new TableColumn("Probability").RightAligned())
            .AddColumn("Next");
        foreach (PredictionReport prediction in predictions)
        {
            IEnumerable<string> next = prediction.Top.Skip(prediction.Unsure == true ? 0 : 1)
                .Where(l => showsAll || l.Probability >= MinShown)
                .Select(l => $"{l.Label} {l.Probability:0.00}");
            table.AddRow(
                Markup.Escape(prediction.Path),
                Markup.Escape(prediction.Unknown == true ? $"unknown ({prediction.Label}?)" : prediction.Label),
                $"{prediction.Probability:0.0000}",
                Markup.Escape(string.Join(", ", next)));
        }

        CommandHost.CreateConsole(host.Output).Write(table);
    }
}
