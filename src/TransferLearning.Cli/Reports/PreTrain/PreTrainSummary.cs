using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.PreTrain;

/// <summary>Prints the result of <c>pre-train DATA</c>.</summary>
internal static class PreTrainSummary
{
    public static void Write(CommandHost host, PreTrainReport report, string modelPath) => Network(report.Network)
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

    private static FigureTable Network(NetworkTrainingReport? network)
    {
        var table = new FigureTable();
        if (network is not null)
        {
            table
                .Add("Network", $"{network.Architecture}, {network.Size} x {network.Size} pixels, {network.Features} features")
                .Add("Best epoch", $"{network.BestEpoch} of {network.Epochs.Count}");
            if (network.Teacher is { } teacher)
            {
                table.Add("Teacher", teacher);
            }
        }

        return table;
    }
}
