using TransferLearning.PseudoLabeling;

namespace TransferLearning.Cli.Reports.ParallelTrain;

/// <summary>The quality of the pseudo-labels, where the larger set has labels to compare with.</summary>
internal sealed record PseudoLabelReport(int Images, double Accuracy, double Coverage, double AccuracyOfUsed)
{
    public static PseudoLabelReport Of(PseudoLabelQuality quality) =>
        new(quality.Images, quality.Accuracy, quality.Coverage, quality.AccuracyOfUsed);
}
