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
            .Add("Unknown images, left out", report.UnknownImages)
            .Add("Validation images", report.ValidationImages)
            .Add("Small-set accuracy", Figure(report.SmallSetAccuracy, report.SmallSetAccuracyInterval, report));
        foreach (SegmentReport segment in report.Segments)
        {
            table.Add($"Accuracy of segment {segment.Name}", Figure(segment.Accuracy, segment.AccuracyInterval, report));
        }

        table
            .Add("Combined accuracy", Figure(report.CombinedAccuracy, report.CombinedAccuracyInterval, report))
            .AddCalibration(report.Ece, report.Temperature, report.EceBefore);
        if (report.PseudoLabels is { } labels)
        {
            table
                .Add("Correct pseudo-labels", AccuracyFigure.Of(labels.Accuracy, labels.Images))
                .Add("Pseudo-labels used", labels.Coverage);
            if (labels.UsedImages > 0)
            {
                table.Add("Correct of those used", AccuracyFigure.Of(labels.AccuracyOfUsed, labels.UsedImages));
            }
        }

        table
            .AddCost(report)
            .Add(report.Weights)
            .Add("Model", report.KeptSmallSetModel ? $"{modelPath} (the small set's)" : modelPath)
            .WriteTo(host);
    }

    /// <summary>An accuracy on the small set's validation part.</summary>
    private static AccuracyFigure Figure(double accuracy, IntervalReport interval, ParallelTrainReport report) =>
        new(accuracy, interval, report.ValidationImages);
}
