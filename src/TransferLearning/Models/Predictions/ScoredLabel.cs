namespace TransferLearning.Models;

/// <summary>A class with its probability. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="Label">The class.</param>
/// <param name="Probability">The probability, 0..1.</param>
public readonly record struct ScoredLabel(string Label, float Probability);
