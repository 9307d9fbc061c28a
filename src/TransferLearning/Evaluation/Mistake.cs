using TransferLearning.Data;

namespace TransferLearning.Evaluation;

/// <summary>An image that a classifier takes for another class than its own. Immutable.</summary>
/// <param name="Position">Its position in <see cref="EvaluatedImages.Images"/>.</param>
/// <param name="Image">The image, with its label.</param>
/// <param name="Predicted">The class that it is taken for.</param>
/// <param name="Probability">The probability of that class, 0..1.</param>
/// <param name="LabelProbability">The probability of the image's own class, 0..1.</param>
public sealed record Mistake(int Position, LabeledImage Image, string Predicted, double Probability, double LabelProbability);
