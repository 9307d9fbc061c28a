using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests;

/// <summary>Makes copies of pictures as people and augmentation programs make them.</summary>
internal static class PictureCopies
{
    /// <summary>The file of a changed picture, in JPEG.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="change">What to do with it.</param>
    public static byte[] Make(RgbImage image, string change) => change switch
    {
        "saved again with less quality" => JpegEncoder.Encode(image, 50),
        "half the size" => Encode(Thumbnail.Of(image, Math.Max(image.Width, image.Height) / 2)),
        "brighter" => Encode(Brighten(image, 1.3)),
        "darker" => Encode(Brighten(image, 0.7)),
        "mirrored" => Encode(Turn(image, Orientation.ReversedColumns)),
        "upside down" => Encode(Turn(image, Orientation.ReversedRows)),
        "turned by 90 degrees" => Encode(Turn(image, Orientation.Transposed | Orientation.ReversedColumns)),
        "turned by 180 degrees" => Encode(Turn(image, Orientation.ReversedRows | Orientation.ReversedColumns)),
        "turned by 270 degrees" => Encode(Turn(image, Orientation.Transposed | Orientation.ReversedRows)),
        "cropped" => Encode(Crop(image, 0.06, 0.02, 0.9)),
        "cropped and mirrored" => Encode(Turn(Crop(image, 0.03, 0.08, 0.9), Orientation.ReversedColumns)),
        _ => throw new ArgumentException($"unknown change '{change}'"),
    };

    /// <summary>A part of a picture: shares of its width and height.</summary>
    public static RgbImage Crop(RgbImage image, double left, double top, double share)
    {
        int width = (int)(image.Width * share), height = (int)(image.Height * share);
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            int from = ((((int)(image.Height * top) + y) * image.Width) + (int)(image.Width * left)) * 3;
            image.Pixels.Slice(from, width * 3).CopyTo(pixels.AsSpan(y * width * 3));
        }

        return new RgbImage(width, height, pixels);
    }

    /// <summary>The picture in another orientation.</summary>
    public static RgbImage Turn(RgbImage image, Orientation orientation)
    {
        bool isTransposed = orientation.HasFlag(Orientation.Transposed);
        (int width, int height) = isTransposed ? (image.Height, image.Width) : (image.Width, image.Height);
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int column = orientation.HasFlag(Orientation.ReversedColumns) ? width - 1 - x : x;
                int row = orientation.HasFlag(Orientation.ReversedRows) ? height - 1 - y : y;
                (column, row) = isTransposed ? (row, column) : (column, row);
                image.Pixels.Slice(((row * image.Width) + column) * 3, 3).CopyTo(pixels.AsSpan(((y * width) + x) * 3));
            }
        }

        return new RgbImage(width, height, pixels);
    }

    private static byte[] Encode(RgbImage image) => JpegEncoder.Encode(image, 90);

    private static RgbImage Brighten(RgbImage image, double factor) => new(
        image.Width, image.Height, (byte[])[.. image.Pixels.ToArray().Select(v => (byte)Math.Min(255, factor * v))]);
}
