using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Benchmarks.Copies;

/// <summary>Makes copies of pictures as people and augmentation programs make them.</summary>
internal static class PixelChanges
{
    /// <summary>The kinds of copies that are measured. The number draws what a kind leaves open, such as the place of a crop.</summary>
    public static IReadOnlyList<(string Name, Func<RgbImage, int, RgbImage> Make)> Kinds { get; } =
    [
        ("saved again, quality 50", (image, _) => SaveAgain(image, 50)),
        ("saved again, quality 20", (image, _) => SaveAgain(image, 20)),
        ("half the size", (image, _) => Thumbnail.Of(image, Math.Max(image.Width, image.Height) / 2)),
        ("brightness x 0.7", (image, _) => Brighten(image, 0.7f, 0)),
        ("brightness x 1.3", (image, _) => Brighten(image, 1.3f, 0)),
        ("brightness + 40", (image, _) => Brighten(image, 1, 40)),
        ("brightness x 1.6", (image, _) => Brighten(image, 1.6f, 0)),
        ("mirrored", (image, _) => Turn(image, Orientation.ReversedColumns)),
        ("upside down", (image, _) => Turn(image, Orientation.ReversedRows)),
        ("turned by 90 degrees", (image, _) => Turn(image, Orientation.Transposed | Orientation.ReversedColumns)),
        ("turned by 180 degrees", (image, _) => Turn(image, Orientation.ReversedRows | Orientation.ReversedColumns)),
        ("a tenth cut off, anywhere", (image, number) => CropAnywhere(image, 0.1, number)),
        ("a tenth cut off, one corner left", (image, _) => Crop(image, 0, 0, Part(image.Width, 0.9), Part(image.Height, 0.9))),
        ("a tenth cut off and mirrored", (image, number) => Turn(CropAnywhere(image, 0.1, number), Orientation.ReversedColumns)),
        ("15 of 100 cut off, anywhere", (image, number) => CropAnywhere(image, 0.15, number)),
    ];

    /// <summary>A part of an image.</summary>
    public static RgbImage Crop(RgbImage image, int left, int top, int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            image.Pixels.Slice((((y + top) * image.Width) + left) * 3, width * 3).CopyTo(pixels.AsSpan(y * width * 3));
        }

        return new RgbImage(width, height, pixels);
    }

    /// <summary>The image in another orientation.</summary>
    public static RgbImage Turn(RgbImage image, Orientation orientation)
    {
        bool isTransposed = (orientation & Orientation.Transposed) != 0;
        (int width, int height) = isTransposed ? (image.Height, image.Width) : (image.Width, image.Height);
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int column = (orientation & Orientation.ReversedColumns) != 0 ? width - 1 - x : x;
                int row = (orientation & Orientation.ReversedRows) != 0 ? height - 1 - y : y;
                (column, row) = isTransposed ? (row, column) : (column, row);
                image.Pixels.Slice(((row * image.Width) + column) * 3, 3).CopyTo(pixels.AsSpan(((y * width) + x) * 3));
            }
        }

        return new RgbImage(width, height, pixels);
    }

    private static RgbImage SaveAgain(RgbImage image, int quality) =>
        ImageFormats.BuiltIn.Decode(JpegEncoder.Encode(image, quality));

    private static RgbImage Brighten(RgbImage image, float factor, float offset)
    {
        byte[] pixels = image.Pixels.ToArray();
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Clamp((pixels[i] * factor) + offset, 0, 255);
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }

    private static RgbImage CropAnywhere(RgbImage image, double share, int number)
    {
        var random = new Random(number);
        int width = Part(image.Width, 1 - share), height = Part(image.Height, 1 - share);
        return Crop(image, random.Next(image.Width - width + 1), random.Next(image.Height - height + 1), width, height);
    }

    private static int Part(int length, double share) => Math.Max(1, (int)Math.Round(length * share));
}
