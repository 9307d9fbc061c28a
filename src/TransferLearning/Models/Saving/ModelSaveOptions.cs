namespace TransferLearning.Models;

/// <summary>How a model is saved. Immutable.</summary>
public sealed record ModelSaveOptions
{
    /// <summary>
    /// How the file stores the weights; default <see cref="WeightPrecision.Float32"/>. <see cref="TransferModel.MeasurePrecision"/> tells
    /// what a smaller file costs.
    /// </summary>
    public WeightPrecision Weights { get; init; } = WeightPrecision.Float32;
}
