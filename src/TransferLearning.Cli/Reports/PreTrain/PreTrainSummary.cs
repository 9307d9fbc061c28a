using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.PreTrain;

/// <summary>Prints the result of <c>pre-train DATA</c>.</summary>
internal static class PreTrainSummary
{
    public static void Write(CommandHost host, PreTrainReport report, string modelPath) => new FigureTable()
        .Add("Training images", report.TrainImages)
        .Add("Validation images", report.ValidationImages)
        .Add("Classes", report.Classes)
        .Add("Accuracy", new AccuracyFigure(report.Accuracy, report.AccuracyInterval, report.ValidationImages))
        .AddAugmentation(report)
        .Add("Seconds extracting", report.SecondsExtracting)
        .Add("Seconds training", report.SecondsTraining)
        .Add(report.Weights)
        .Add("Model", modelPath)
        .WriteTo(host);
}
