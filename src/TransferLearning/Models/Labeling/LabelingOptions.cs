namespace TransferLearning.Models;

/// <summary>Options of <see cref="TransferModel.Label"/>. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record LabelingOptions
{
    /// <summary>The names that mean the same class in the model and in the data set; null where they are equal. Default: null.</summary>
    public LabelMap? Map { get; init; }

    /// <summary>
    /// How many of the most probable classes count for <see cref="LabelAgreement.TopAgreement"/>, at least 1. Default: 5.
    /// </summary>
    public int Top { get; init; } = 5;
}
