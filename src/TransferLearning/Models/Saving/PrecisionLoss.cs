namespace TransferLearning.Models;

/// <summary>What storing a model's weights in fewer bits does to it, over some labeled images. Immutable.</summary>
public sealed record PrecisionLoss
{
    /// <summary>How the weights are stored.</summary>
    public required WeightPrecision Weights { get; init; }

    /// <summary>The size of the file, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The size with weights of float32, in bytes.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>The number of images, without those that cannot be read.</summary>
    public required int Images { get; init; }

    /// <summary>The share of images that the saved model labels rightly, 0..1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The share of images that the model labels rightly with weights of float32, 0..1.</summary>
    public required double AccuracyBefore { get; init; }

    /// <summary>The share of images that both give the same label, 0..1.</summary>
    public required double Agreement { get; init; }

    /// <summary>The accuracy lost, 0..1; below 0 where the smaller weights happen to do better.</summary>
    public double AccuracyLost => AccuracyBefore - Accuracy;
}
