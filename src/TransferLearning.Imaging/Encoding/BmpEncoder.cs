using System.Buffers.Binary;

namespace TransferLearning.Imaging.Encoding;

/// <summary>
/// Writes an image as a BMP file, 24 bits per pixel without compression: takes hardly more time than copying the pixels, and the built-in
/// decoder reads the same pixels back.
/// </summary>
internal static class BmpEncoder
{
    private const int FileHeaderSize = 14;
    private const int InfoHeaderSize = 40;
    private const int BytesPerPixel = 3;

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="OverflowException">The file would be larger than 2 GiB.</exception>
    public static byte[] Encode(RgbImage image)
    {
        int stride = checked(((image.Width * BytesPerPixel) + 3) & ~3);
        const int Offset = FileHeaderSize + InfoHeaderSize;
        byte[] file = new byte[checked(Offset + (stride * image.Height))];
        WriteHeader(file, image);
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int y = 0; y < image.Height; y++)
        {
            // Rows from the bottom up.
            ReadOnlySpan<byte> source = pixels.Slice((image.Height - 1 - y) * image.Width * BytesPerPixel, image.Width * BytesPerPixel);
            Span<byte> target = file.AsSpan(Offset + (y * stride), source.Length);
            for (int i = 0; i < source.Length; i += BytesPerPixel)
            {
                (target[i], target[i + 1], target[i + 2]) = (source[i + 2], source[i + 1], source[i]);
            }
        }

        return file;
    }

    private static void WriteHeader(byte[] file, RgbImage image)
    {
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), FileHeaderSize + InfoHeaderSize);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), InfoHeaderSize);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), image.Height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 8 * BytesPerPixel);
    }
}
