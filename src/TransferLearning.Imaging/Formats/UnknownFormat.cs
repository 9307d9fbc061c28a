namespace TransferLearning.Imaging.Formats;

/// <summary>Names the format of a file that no decoder recognizes, so that the user knows what to convert.</summary>
internal static class UnknownFormat
{
    /// <summary>Where the decoders of further formats are, as part of a sentence.</summary>
    public const string MagickPackage = "the package TransferLearning.Magick (its set of formats is MagickFormats.All)";

    private static readonly string[] ReadByMagick = ["WebP", "TIFF", "BigTIFF", "AVIF", "HEIC", "JPEG XL", "JPEG 2000"];

    /// <summary>Whether files with this name are decoded by TransferLearning.Magick.</summary>
    public static bool IsReadByMagick(string path) =>
        Path.GetExtension(path).ToLowerInvariant()
            is ".webp" or ".avif" or ".heic" or ".heif" or ".jxl" or ".jp2" or ".j2k" or ".jpx" or ".tif" or ".tiff";

    /// <summary>A clause such as "this is a WebP file, which is not supported".</summary>
    public static string Describe(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return "the file is empty";
        }

        if (FileSignatures.IsLfsPointer(data))
        {
            return "this is a pointer of Git LFS, not the image itself: run 'git lfs pull' in its repository";
        }

        if (FileSignatures.Recognize(data) is { } known)
        {
            return ReadByMagick.Contains(known.ImageFormat)
                ? $"this is {known.Description}, which {MagickPackage} decodes"
                : $"this is {known.Description}, which is not supported";
        }

        if (IsText(data))
        {
            return "this is a text file";
        }

        string first = Convert.ToHexString(data[..Math.Min(data.Length, 8)]);
        return $"no known image format starts with the bytes {first}";
    }

    // A page of an error that was saved as an image, most often.
    private static bool IsText(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> start = data[..Math.Min(data.Length, 512)];
        return start.Length > 3 && !start.ContainsAnyInRange((byte)0, (byte)8) && !start.ContainsAnyInRange((byte)0x7F, (byte)0xFF);
    }
}
