using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>The model's size and accuracy with weights in fewer bits, and before, on the validation images.</summary>
internal sealed record WeightsReport(
    string Precision,
    long Bytes,
    long BytesBefore,
    int Images,
    double Accuracy,
    IntervalReport AccuracyInterval,
    double AccuracyBefore,
    double AccuracyLost,
    double Agreement)
{
    public static WeightsReport Of(PrecisionLoss loss) => new(
        loss.Weights.ToString().ToLowerInvariant(),
        loss.Bytes,
        loss.BytesBefore,
        loss.Images,
        loss.Accuracy,
        IntervalReport.Of(loss.Accuracy, loss.Images),
        loss.AccuracyBefore,
        loss.AccuracyLost,
        loss.Agreement);
}
