using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.ParallelTrain;

/// <summary>Prints the result of <c>parallel-train</c>.</summary>
internal static class ParallelTrainSummary
{
    public static void Write(CommandHost host, ParallelTrainReport report, string modelPath)
    {
        FigureTable table = new FigureTable()
            .Add("Labeled images", report.TrainImages)
            .Add("Pseudo-labeled images", report.PseudoLabeledImages)
            .Add("Validation images", report.ValidationImages)
            .Add("Small-set accuracy", report.SmallSetAccuracy);
        foreach (SegmentReport segment in report.Segments)
        {
            table.Add($"Accuracy of segment {segment.Name}", segment.Accuracy);
        }

        table
            .Add("Combined accuracy", report.CombinedAccuracy)
            .AddCalibration(report.Ece, report.Temperature, report.EceBefore);
        if (report.PseudoLabels is { } labels)
        {
            table
                .Add("Correct pseudo-labels", labels.Accuracy)
                .Add("Pseudo-labels used", labels.Coverage)
                .Add("Correct of those used", labels.AccuracyOfUsed);
        }

        table
            .AddCost(report)
            .Add(report.Weights)
            .Add("Model", report.KeptSmallSetModel ? $"{modelPath} (the small set's)" : modelPath)
            .WriteTo(host);
    }
}
