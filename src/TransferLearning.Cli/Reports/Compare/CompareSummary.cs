using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;
using static System.FormattableString;

namespace TransferLearning.Cli.Reports.Compare;

/// <summary>Prints how two models compare: figures, classes, and the images whose label changed.</summary>
internal static class CompareSummary
{
    private const double Significance = 0.05;
    private const int MaxChanged = 20;

    private static readonly string[] ClassColumns = ["Class", "Images", "First", "Second", "Difference"];
    private static readonly string[] ChangedColumns = ["Image", "Label", "First", "Second", "Right"];

    public static void Write(CommandHost host, CompareReport report)
    {
        new FigureTable()
            .Add("First", report.First.Path)
            .Add("Second", report.Second.Path)
            .Add("Images", report.Images)
            .Add("Accuracy of the first", Accuracy(report.First, report.Images))
            .Add("Accuracy of the second", Accuracy(report.Second, report.Images))
            .Add("Difference", Invariant($"{report.Difference:+0.000;-0.000;0.000} (95%: {Signed(report.DifferenceInterval)})"))
            .Add("Only the first is right", report.OnlyFirstRight)
            .Add("Only the second is right", report.OnlySecondRight)
            .Add("McNemar's test", Invariant($"p = {report.PValue:0.0000} ({report.Test})"))
            .Add("Log loss", Invariant($"{report.First.LogLoss:0.000}, {report.Second.LogLoss:0.000}"))
            .Add("Calibration error", Invariant($"{report.First.Ece:0.000}, {report.Second.Ece:0.000}"))
            .Add("Labels changed", report.Changed.Count)
            .Add("Result", Result(report))
            .WriteTo(host);
        host.Output.WriteLine();
        ColumnTable.Write(host, ClassColumns,
        [
            .. report.Classes.Select(c => new[]
            {
                c.Name,
                Invariant($"{c.Images}"),
                Invariant($"{c.RecallOfFirst:0.000}"),
                Invariant($"{c.RecallOfSecond:0.000}"),
                Invariant($"{c.Difference:+0.000;-0.000;0.000}"),
            }),
        ]);
        if (report.Changed.Count == 0)
        {
            return;
        }

        host.Output.WriteLine();
        ColumnTable.Write(host, ChangedColumns,
        [
            .. report.Changed.Take(MaxChanged).Select(i => new[]
            {
                i.Path,
                i.Label,
                Invariant($"{i.First} {i.FirstProbability:0.00}"),
                Invariant($"{i.Second} {i.SecondProbability:0.00}"),
                i.Right,
            }),
        ]);
        if (report.Changed.Count > MaxChanged)
        {
            host.Output.WriteLine(Invariant($"and {report.Changed.Count - MaxChanged} more; --json FILE lists all"));
        }
    }

    private static string Result(CompareReport report)
    {
        string better = report.Difference > 0 ? "second" : "first";
        return report.PValue < Significance
            ? $"the {better} model is more accurate, by more than chance"
            : "the difference may be chance: more images would tell";
    }

    private static string Accuracy(ComparedModelReport model, int images) =>
        new AccuracyFigure(model.Accuracy, model.AccuracyInterval, images).ToString();

    private static string Signed(IntervalReport interval) =>
        Invariant($"{interval.Lower:+0.000;-0.000;0.000} to {interval.Upper:+0.000;-0.000;0.000}");
}
