using TransferLearning.Data;

namespace TransferLearning.Strategies;

/// <summary>An image whose own class was improbable to heads that had not seen it. Immutable; thread-safe.</summary>
/// <param name="Position">Its position in <see cref="OutOfFoldPredictions.Images"/>.</param>
/// <param name="Image">The image, with its label.</param>
/// <param name="Predicted">The most probable class.</param>
/// <param name="Probability">The probability of its own class, 0..1.</param>
public sealed record HardImage(int Position, LabeledImage Image, string Predicted, double Probability);
