namespace TransferLearning.Models;

/// <summary>The result for one image of many: a prediction, or the reason why there is none. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="Path">The path of the image.</param>
/// <param name="Prediction">The prediction; null where the image cannot be read or decoded.</param>
/// <param name="Error">Why the image cannot be read or decoded; null where there is a prediction.</param>
public sealed record ImagePrediction(string Path, Prediction? Prediction, string? Error);
