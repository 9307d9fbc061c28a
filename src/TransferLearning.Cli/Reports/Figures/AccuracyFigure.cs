using TransferLearning.Evaluation;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>An accuracy as the command prints it: with its 95 % interval, and the number of images that it rests on.</summary>
internal sealed record AccuracyFigure(double Accuracy, IntervalReport Interval, int Images)
{
    public static AccuracyFigure Of(ClassificationMetrics metrics) =>
        new(metrics.Accuracy, IntervalReport.Of(metrics), metrics.Images);

    /// <summary>A share that was counted over some images.</summary>
    public static AccuracyFigure Of(double share, int images) => new(share, IntervalReport.Of(share, images), images);

    /// <summary>"0.660 (95%: 0.511 to 0.783, 44 images)".</summary>
    public override string ToString() =>
        $"{Accuracy:0.000} (95%: {Interval}, {Images} {(Images == 1 ? "image" : "images")})";
}
