namespace TransferLearning.Backbones;

/// <summary>The progress of a fetch. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="Name">The network's name in the catalog.</param>
/// <param name="Stage">What is being done.</param>
/// <param name="Source">The address or path that the file comes from.</param>
/// <param name="Bytes">The number of bytes that have arrived, including those of earlier attempts.</param>
/// <param name="Total">The length of the file in bytes.</param>
public sealed record CatalogProgress(string Name, CatalogStage Stage, string Source, long Bytes, long Total);
