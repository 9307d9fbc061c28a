using TransferLearning.Data;

namespace TransferLearning.Evaluation;

/// <summary>An image that was predicted as another class than its label.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
/// <param name="Position">The position of the image in <see cref="EvaluatedImages.Images"/>, from 0.</param>
/// <param name="Image">The image, with its label.</param>
/// <param name="Predicted">The class that it was predicted as.</param>
/// <param name="Probability">The probability of that class, 0..1.</param>
/// <param name="LabelProbability">The probability of the image's label, 0..1.</param>
public sealed record Mistake(int Position, LabeledImage Image, string Predicted, double Probability, double LabelProbability);
