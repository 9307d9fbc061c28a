namespace TransferLearning.Imaging;

/// <summary>Decodes one image file format. A set of decoders is an <see cref="ImageFormats"/>.</summary>
/// <remarks>
/// Implementations must be stateless and thread-safe: one instance decodes on all threads at a time. Files are untrusted input: check
/// lengths and counts before allocating memory for them, sizes with <see cref="DecoderOptions.CheckSize"/>. A bottleneck cache identifies
/// an image by its bytes and the version of its decoder's assembly, or what <see cref="IVersionedDecoder"/> says: raise it with every
/// change that makes a decoder return other pixels.
/// </remarks>
public interface IImageDecoder
{
    /// <summary>The format's name as users know it, such as <c>JPEG</c>; different from those of the other decoders of a set.</summary>
    string FormatName { get; }

    /// <summary>
    /// The endings of the names of such files, at least one, each with its dot, such as <c>.jpg</c>. Letter case does not matter. They
    /// decide which files of a folder or archive are listed as images, not how a file is decoded.
    /// </summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a file is of this format, by its first bytes. Must not throw.</summary>
    /// <param name="data">The whole file; it may be empty.</param>
    bool Matches(ReadOnlySpan<byte> data);

    /// <summary>Decodes a file for which <see cref="Matches"/> is true.</summary>
    /// <param name="data">The whole file. Valid during the call only.</param>
    /// <param name="options">The largest size to decode.</param>
    /// <returns>The first image of the file, upright (EXIF orientation applied), transparent parts laid over white.</returns>
    /// <exception cref="InvalidImageException">
    /// The data is truncated, damaged, larger than the options allow, or uses a feature that is not supported. Every other exception is
    /// reported as a fault of the decoder; it leaves out the image too.
    /// </exception>
    RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options);
}
