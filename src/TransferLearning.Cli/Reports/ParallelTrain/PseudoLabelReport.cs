using TransferLearning.Cli.Reports.Figures;
using TransferLearning.PseudoLabeling;

namespace TransferLearning.Cli.Reports.ParallelTrain;

/// <summary>The quality of the pseudo-labels, where the larger set has labels to compare with.</summary>
internal sealed record PseudoLabelReport(
    int Images, double Accuracy, IntervalReport AccuracyInterval, double Coverage, double AccuracyOfUsed, int UsedImages)
{
    public static PseudoLabelReport Of(PseudoLabelQuality quality) =>
        new(
            quality.Images,
            quality.Accuracy,
            IntervalReport.Of(quality.Accuracy, quality.Images),
            quality.Coverage,
            quality.AccuracyOfUsed,
            quality.UsedImages);
}
