namespace TransferLearning.Models;

/// <summary>The file of a model. Immutable; thread-safe.</summary>
/// <param name="Path">Its path, as it was given.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, in hexadecimal.</param>
public sealed record ModelFile(string Path, long Bytes, string Sha256);
