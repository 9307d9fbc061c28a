namespace TransferLearning.Models;

/// <summary>What storing a model's weights in fewer bits changes, measured on labeled images. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record PrecisionLoss
{
    /// <summary>How the weights are stored.</summary>
    public required WeightPrecision Weights { get; init; }

    /// <summary>The size of the file with these weights, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The size of the file with float32 weights, in bytes.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>The number of images compared: all that can be read and decoded.</summary>
    public required int Images { get; init; }

    /// <summary>The share of images that the model with these weights predicts correctly, 0..1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The share of images that the model with float32 weights predicts correctly, 0..1.</summary>
    public required double AccuracyBefore { get; init; }

    /// <summary>The share of images for which both predict the same class, 0..1.</summary>
    public required double Agreement { get; init; }

    /// <summary>The accuracy lost, -1..1; below 0 where the smaller weights happen to do better.</summary>
    public double AccuracyLost => AccuracyBefore - Accuracy;
}
