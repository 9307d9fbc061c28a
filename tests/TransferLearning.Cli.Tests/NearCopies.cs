using System.Buffers.Binary;
using TransferLearning.Imaging;

namespace TransferLearning.Cli.Tests;

/// <summary>Makes near-copies of image files.</summary>
internal static class NearCopies
{
    private const int HeaderSize = 54;

    /// <summary>Writes an image with left and right exchanged, as BMP.</summary>
    public static Task MirrorAsync(string from, string to)
    {
        RgbImage image = ImageFormats.BuiltIn.Load(from);
        int stride = ((image.Width * 3) + 3) / 4 * 4;
        byte[] file = new byte[HeaderSize + (stride * image.Height)];
        "BM"u8.CopyTo(file);
        int[] header = [file.Length, 0, HeaderSize, 40, image.Width, image.Height, 1 | (24 << 16)];
        for (int i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2 + (4 * i)), header[i]);
        }

        // Rows from the bottom, each pixel blue, green, red.
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                ReadOnlySpan<byte> pixel = image.Pixels.Slice(((y * image.Width) + image.Width - 1 - x) * 3, 3);
                Span<byte> target = file.AsSpan(HeaderSize + ((image.Height - 1 - y) * stride) + (3 * x), 3);
                (target[0], target[1], target[2]) = (pixel[2], pixel[1], pixel[0]);
            }
        }

        return File.WriteAllBytesAsync(to, file);
    }
}
