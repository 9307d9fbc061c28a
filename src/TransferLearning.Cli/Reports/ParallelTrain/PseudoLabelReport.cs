using TransferLearning.PseudoLabeling;

namespace TransferLearning.Cli.Reports.ParallelTrain;

/// <summary>How good the pseudo-labels are, where the larger set has labels to compare with.</summary>
internal sealed record PseudoLabelReport(int Images, double Accuracy, double Coverage, double AccuracyOfUsed)
{
    public static PseudoLabelReport Of(PseudoLabelQuality quality) =>
        new(quality.Images, quality.Accuracy, quality.Coverage, quality.AccuracyOfUsed);
}
