namespace TransferLearning.Imaging.Formats;

/// <summary>Names the format of a file that no decoder recognizes, so that the user knows what to convert.</summary>
internal static class UnknownFormat
{
    /// <summary>Where the decoders of further formats are, as part of a sentence.</summary>
    public const string MagickPackage = "the package TransferLearning.Magick (its set of formats is MagickFormats.All)";

    private static readonly string[] ReadByMagick =
        ["a WebP image", "a TIFF image (or a camera's raw file)", "an AVIF image", "an HEIC image", "a JPEG XL image", "a JPEG 2000 image"];

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

        if (data.StartsWith("version https://git-lfs.github.com/"u8))
        {
            return "this is a pointer of Git LFS, not the image itself: run 'git lfs pull' in its repository";
        }

        if (Recognize(data) is { } name)
        {
            return ReadByMagick.Contains(name)
                ? $"this is {name}, which {MagickPackage} decodes"
                : $"this is {name}, which is not supported";
        }

        if (IsText(data))
        {
            return "this is a text file";
        }

        string first = Convert.ToHexString(data[..Math.Min(data.Length, 8)]);
        return $"no known image format starts with the bytes {first}";
    }

    private static string? Recognize(ReadOnlySpan<byte> data) => data switch
    {
        _ when data.StartsWith("RIFF"u8) && data.Length >= 12 && data[8..].StartsWith("WEBP"u8) => "a WebP image",
        _ when data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8) => "a TIFF image (or a camera's raw file)",
        _ when data.Length >= 12 && data[4..].StartsWith("ftyp"u8) => RecognizeContainer(data[8..12]),
        _ when data.StartsWith("8BPS"u8) => "a Photoshop document",
        _ when data.StartsWith("\0\0\u0001\0"u8) => "a Windows icon",
        _ when data.StartsWith("\0\0\0\u000cjP  "u8) => "a JPEG 2000 image",
        _ when data.Length > 1 && data[0] == 0xFF && data[1] == 0x0A => "a JPEG XL image",
        _ when data.StartsWith("\0\0\0\u000cJXL "u8) => "a JPEG XL image",
        _ when data.StartsWith("%PDF"u8) => "a PDF document",
        _ when data.StartsWith("PK\u0003\u0004"u8) => "a ZIP archive",
        _ when data.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF]) => "a 7z archive",
        _ when data.StartsWith("Rar!"u8) => "a RAR archive",
        _ when data.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) => "a file compressed with gzip",
        _ when data.StartsWith("BZh"u8) => "a file compressed with bzip2",
        _ when data.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']) => "a file compressed with xz",
        _ when data.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) => "a file compressed with Zstandard",
        _ when data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) => "a JPEG 2000 image",
        _ when data.StartsWith("<svg"u8) || data.StartsWith("<?xml"u8) => "an XML or SVG document",
        _ when data.StartsWith("<!DOCTYPE"u8) || data.StartsWith("<html"u8) => "an HTML page",
        _ when data[0] == 'P' && data.Length > 2 && data[1] is >= (byte)'1' and <= (byte)'7' && data[2] <= ' ' => "a Netpbm image",
        _ => null,
    };

    // A page of an error that was saved as an image, most often.
    private static bool IsText(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> start = data[..Math.Min(data.Length, 512)];
        return start.Length > 3 && !start.ContainsAnyInRange((byte)0, (byte)8) && !start.ContainsAnyInRange((byte)0x7F, (byte)0xFF);
    }

    private static string RecognizeContainer(ReadOnlySpan<byte> brand) => brand switch
    {
        _ when brand.StartsWith("avi"u8) => "an AVIF image",
        _ when brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) => "an HEIC image",
        _ when brand.StartsWith("mif"u8) || brand.StartsWith("msf"u8) => "an HEIC image",
        _ when brand.StartsWith("crx"u8) => "a Canon raw file",
        _ => "a video or another MPEG-4 container",
    };
}
