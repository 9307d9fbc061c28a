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

    /// <summary>
    /// Whether the file says when the model was made (<see cref="ModelOrigin.Created"/>). Default: true. Without it, models of the same
    /// data, seed and version of the library are the same bytes; so they are with the environment variable <c>SOURCE_DATE_EPOCH</c>, the
    /// number of seconds since 1970 that models are then dated with.
    /// </summary>
    public bool KeepsDate { get; init; } = true;
}
