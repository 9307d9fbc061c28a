using TransferLearning.Imaging.Decoding;
using TransferLearning.Imaging.Formats;

namespace TransferLearning.Imaging;

public sealed partial class RgbImage
{
    /// <summary>Decodes an image file's bytes by their content; EXIF orientation is applied, transparency is laid over white.</summary>
    /// <param name="data">The whole file.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">The data is truncated, damaged, or in no supported format.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> data) => ImageFormats.Decode(data, DecoderOptions.Default);

    /// <summary>Decodes an image from a stream, read from where it stands to its end; otherwise as <see cref="Decode(ReadOnlySpan{byte})"/>.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">The data is truncated, damaged, or in no supported format.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static RgbImage Decode(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Decode(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
