using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.CrossValidate;

/// <summary>Prints the result of a cross-validation.</summary>
internal static class CrossValidateSummary
{
    public static void Write(CommandHost host, CrossValidateReport report)
    {
        FigureTable table = new FigureTable()
            .Add("Images", report.Images)
            .Add("Classes", report.Classes)
            .Add("Folds", report.Folds.Count)
            .Add("Accuracy", new AccuracyFigure(report.Accuracy, report.AccuracyInterval, report.Images))
            .Add("Mean accuracy", report.MeanAccuracy)
            .Add("Standard deviation", report.StdAccuracy);
        if (report.MeanAccuracyOfHeads is { } heads)
        {
            table.Add("Heads alone", heads);
        }

        table.Add("Mean log loss", report.MeanLogLoss)
            .AddCalibration(report.Ece, report.Temperature, report.EceBefore)
            .Add("Likely label errors", report.LabelErrors)
            .AddCost(report)
            .WriteTo(host);
    }
}
