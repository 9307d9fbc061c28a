namespace TransferLearning.Models;

/// <summary>What became of one image of many: a prediction, or the reason why there is none. Immutable.</summary>
/// <param name="Path">The image.</param>
/// <param name="Prediction">The prediction; null where the image cannot be used.</param>
/// <param name="Error">What is wrong with the image; null where there is a prediction.</param>
public sealed record ImagePrediction(string Path, Prediction? Prediction, string? Error);
