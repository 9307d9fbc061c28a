namespace TransferLearning.Imaging;

/// <summary>A decoder whose pixels may change with its version, such as one that calls another library.</summary>
/// <remarks>
/// The key of an image in a bottleneck cache holds the format's name and this version, so that features of other pixels are not taken for
/// those of this version's. The built-in decoders have none: the same file always gives the same pixels.
/// </remarks>
public interface IVersionedDecoder
{
    /// <summary>The name and version of what decodes, such as <c>Magick.NET 15.1.0</c>.</summary>
    string Version { get; }
}
