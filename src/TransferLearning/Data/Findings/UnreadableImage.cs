namespace TransferLearning.Data;

/// <summary>An image file that cannot be read or decoded. Immutable.</summary>
/// <param name="Path">The image.</param>
/// <param name="Reason">Why it cannot be used.</param>
public sealed record UnreadableImage(string Path, string Reason);
