namespace TransferLearning.Bottlenecks;

/// <summary>An image that was left out because it cannot be used. Immutable.</summary>
/// <param name="Path">The image.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record SkippedImage(string Path, string Reason);
