using SkiaSharp;

namespace TransferLearning.Cli.Tests.Verbs.ModelFiles;

/// <summary>A photo as cameras and programs write it: turned with an EXIF orientation, transparent, gray, and large.</summary>
internal static class AwkwardPhotos
{
    private const int LargeSide = 3000;

    // After the start of a JPEG file: an EXIF segment whose only tag says to turn the image by 90 degrees to the right.
    private static readonly byte[] TurnedRight =
    [
        0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\u0008"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
    ];

    public static string[] Write(string photo, string folder)
    {
        Directory.CreateDirectory(folder);
        string[] paths = [.. ((string[])["plain.jpg", "turned.jpg", "alpha.png", "gray.jpg", "large.jpg"])
            .Select(n => Path.Combine(folder, n))];
        File.Copy(photo, paths[0]);
        using var image = SKBitmap.Decode(photo);
        byte[] turned = Jpeg(TurnedLeft(image));
        File.WriteAllBytes(paths[1], [.. turned[..2], .. TurnedRight, .. turned[2..]]);
        using (SKData transparent = Transparent(image).Encode(SKEncodedImageFormat.Png, 100))
        {
            File.WriteAllBytes(paths[2], transparent.ToArray());
        }

        File.WriteAllBytes(paths[3], Jpeg(image.Copy(SKColorType.Gray8)));
        double scale = (double)LargeSide / Math.Max(image.Width, image.Height);
        var large = new SKImageInfo((int)(image.Width * scale), (int)(image.Height * scale));
        File.WriteAllBytes(paths[4], Jpeg(image.Resize(large, SKFilterQuality.High)));
        return paths;
    }

    private static byte[] Jpeg(SKBitmap image)
    {
        using SKBitmap owned = image;
        using SKData data = owned.Encode(SKEncodedImageFormat.Jpeg, 95);
        return data.ToArray();
    }

    private static SKBitmap TurnedLeft(SKBitmap image)
    {
        var turned = new SKBitmap(image.Height, image.Width);
        using var canvas = new SKCanvas(turned);
        canvas.Translate(0, image.Width);
        canvas.RotateDegrees(-90);
        canvas.DrawBitmap(image, 0, 0);
        return turned;
    }

    /// <summary>Transparent at the top, opaque at the bottom.</summary>
    private static SKBitmap Transparent(SKBitmap image)
    {
        var transparent = new SKBitmap(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                transparent.SetPixel(x, y, image.GetPixel(x, y).WithAlpha((byte)(255 * y / image.Height)));
            }
        }

        return transparent;
    }
}
