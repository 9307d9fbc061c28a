using ImageMagick;

namespace TransferLearning.Benchmarks.Endurance;

/// <summary>Some shared photos as files of all formats that the library and <c>TransferLearning.Magick</c> decode.</summary>
internal static class EncodedPhotos
{
    private const int PerFormat = 4;

    private static readonly MagickFormat[] Encoded =
    [
        MagickFormat.Png, MagickFormat.Gif, MagickFormat.Bmp, MagickFormat.WebP, MagickFormat.Avif, MagickFormat.Jxl, MagickFormat.Jp2,
        MagickFormat.Tiff,
    ];

    /// <summary>The names of the formats.</summary>
    public static string Formats => $"JPEG, {string.Join(", ", Encoded)}";

    /// <summary>The files; JPEG files as they are.</summary>
    public static byte[][] Read()
    {
        string[] photos =
        [
            .. Directory.GetFiles(SharedFiles.PathOf("data", "hymenoptera", "val", "bees"), "*.jpg")
                .Order(StringComparer.Ordinal).Take(PerFormat),
        ];
        byte[][] files = Array.ConvertAll(photos, File.ReadAllBytes);
        return [.. files, .. Encoded.SelectMany(format => files.Select(file => Encode(file, format)))];
    }

    private static byte[] Encode(byte[] photo, MagickFormat format)
    {
        using var image = new MagickImage(photo);
        return image.ToByteArray(format);
    }
}
