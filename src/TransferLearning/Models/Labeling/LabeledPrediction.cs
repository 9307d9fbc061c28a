namespace TransferLearning.Models;

/// <summary>A model's prediction for an image of a data set. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="Path">The path of the image.</param>
/// <param name="Prediction">The model's classes with their probabilities.</param>
/// <param name="Class">The data set's class that the predicted one stands for; null where it has none.</param>
/// <param name="Actual">The label that the data set has for the image; null where it has none.</param>
public sealed record LabeledPrediction(string Path, Prediction Prediction, string? Class, string? Actual);
