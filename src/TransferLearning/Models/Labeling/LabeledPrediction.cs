namespace TransferLearning.Models;

/// <summary>What a model calls an image of a data set. Immutable.</summary>
/// <param name="Path">The image.</param>
/// <param name="Prediction">The model's classes with their probabilities.</param>
/// <param name="Class">The data set's class that the predicted one means; null where it has none.</param>
/// <param name="Actual">The label that the data set has for the image; null where it has none.</param>
public sealed record LabeledPrediction(string Path, Prediction Prediction, string? Class, string? Actual);
