namespace TransferLearning.MLNet;

/// <summary>How far a download is. Immutable.</summary>
/// <param name="Bytes">What is there, those of earlier attempts included.</param>
/// <param name="Total">The file's length in bytes; null where the server does not say.</param>
public sealed record MLNetDownloadProgress(long Bytes, long? Total);
