using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Reports.ParallelTrain;

/// <summary>A segment of parallel training: its accuracy on the small set's validation part, and its agreement with its own
/// pseudo-labels.</summary>
internal sealed record SegmentReport(
    string Name, double Accuracy, IntervalReport AccuracyInterval, double? Agreement, int TrainImages, int ValidationImages)
{
    public static SegmentReport Of(TrainingSegment segment) =>
        new(
            segment.Name,
            segment.Metrics.Accuracy,
            IntervalReport.Of(segment.Metrics),
            segment.Agreement,
            segment.TrainImages,
            segment.ValidationImages);
}
