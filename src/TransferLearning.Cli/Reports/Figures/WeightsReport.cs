using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>What storing the weights in fewer bits did to the model, over the validation images; null with weights of float32.</summary>
internal sealed record WeightsReport(
    string Precision, long Bytes, long BytesBefore, int Images, double Accuracy, double AccuracyBefore, double AccuracyLost, double Agreement)
{
    public static WeightsReport Of(PrecisionLoss loss) => new(
        loss.Weights.ToString().ToLowerInvariant(),
        loss.Bytes,
        loss.BytesBefore,
        loss.Images,
        loss.Accuracy,
        loss.AccuracyBefore,
        loss.AccuracyLost,
        loss.Agreement);
}
