namespace TransferLearning.Imaging.Formats;

/// <summary>What a file is by its first bytes. Immutable.</summary>
/// <param name="Description">A noun with its article: <c>a PDF document</c>.</param>
/// <param name="ImageFormat">The format of an image, such as <c>WebP</c>; null for a file that is no image, or of a format that has no
/// name here.</param>
/// <param name="Unpack">The command that unpacks an archive that is not read as it is; null for other files.</param>
internal readonly record struct KnownFile(string Description, string? ImageFormat = null, string? Unpack = null);
