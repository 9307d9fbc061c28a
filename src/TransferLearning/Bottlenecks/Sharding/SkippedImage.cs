namespace TransferLearning.Bottlenecks;

/// <summary>An image that was left out because it cannot be read or decoded. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="Path">The path of the image.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record SkippedImage(string Path, string Reason);
