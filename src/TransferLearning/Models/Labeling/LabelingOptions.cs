namespace TransferLearning.Models;

/// <summary>How a model labels a data set. Immutable.</summary>
public sealed record LabelingOptions
{
    /// <summary>Which names mean the same class in the model and in the data set; null where the names say it. Default: null.</summary>
    public LabelMap? Map { get; init; }

    /// <summary>
    /// How many of the most probable classes count for <see cref="LabelAgreement.TopAgreement"/>, at least 1. Default: 5.
    /// </summary>
    public int Top { get; init; } = 5;
}
