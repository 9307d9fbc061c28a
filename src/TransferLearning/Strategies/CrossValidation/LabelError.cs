using TransferLearning.Data;

namespace TransferLearning.Strategies;

/// <summary>An image whose label is probably wrong. Immutable; thread-safe.</summary>
/// <param name="Position">Its position in <see cref="OutOfFoldPredictions.Images"/>.</param>
/// <param name="Image">The image, with the label that it has.</param>
/// <param name="Suggested">The class that it probably belongs to.</param>
/// <param name="Probability">The probability of its label, 0..1: the lower, the more certain the error.</param>
public sealed record LabelError(int Position, LabeledImage Image, string Suggested, double Probability);
