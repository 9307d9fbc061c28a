namespace TransferLearning.Models;

/// <summary>Options of <see cref="TransferModel.Save(string, ModelSaveOptions)"/>. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record ModelSaveOptions
{
    /// <summary>
    /// How the file stores the weights. Default: <see cref="WeightPrecision.Float32"/>. <see cref="TransferModel.MeasurePrecision"/>
    /// measures what a smaller file costs.
    /// </summary>
    public WeightPrecision Weights { get; init; } = WeightPrecision.Float32;
}
