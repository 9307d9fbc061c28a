namespace TransferLearning.MLNet.Vision;

/// <summary>The progress of a download. Immutable.</summary>
/// <param name="Bytes">The number of bytes downloaded, including those of earlier attempts.</param>
/// <param name="Total">The file's length in bytes; null where the server does not say.</param>
public sealed record MLNetDownloadProgress(long Bytes, long? Total);
