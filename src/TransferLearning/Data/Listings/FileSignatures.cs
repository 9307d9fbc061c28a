using System.Text;

namespace TransferLearning.Data.Listings;

/// <summary>Says what a file is by its first bytes, for messages about files that cannot be read.</summary>
internal static class FileSignatures
{
    private static readonly (byte[] Start, string What)[] Known =
    [
        ("%PDF"u8.ToArray(), "a PDF document"),
        ("{\\rtf"u8.ToArray(), "an RTF document"),
        ([0xD0, 0xCF, 0x11, 0xE0], "a document of Microsoft Office"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
        ("Rar!"u8.ToArray(), "a RAR archive"),
        ("BZh"u8.ToArray(), "a file compressed with bzip2"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "a file compressed with xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a file compressed with Zstandard"),
        ("version https://git-lfs"u8.ToArray(), "a pointer of Git LFS, not the file itself: run 'git lfs pull'"),
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "a program"),
        ("MZ"u8.ToArray(), "a program"),
        ("SQLite format 3"u8.ToArray(), "a database"),
        ("<!DOCTYPE"u8.ToArray(), "a web page"),
        ("<html"u8.ToArray(), "a web page"),
        ([0x1A, 0x45, 0xDF, 0xA3], "a video"),
        ([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'], "a NumPy array"),
    ];

    private static readonly (byte[] Start, string Format)[] Images =
    [
        ([0xFF, 0xD8, 0xFF], "JPEG"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "PNG"),
        ("GIF8"u8.ToArray(), "GIF"),
        ("II*\0"u8.ToArray(), "TIFF"),
        ("MM\0*"u8.ToArray(), "TIFF"),
        ("II+\0"u8.ToArray(), "BigTIFF"),
        ("MM\0+"u8.ToArray(), "BigTIFF"),
        ([0xFF, 0x0A], "JPEG XL"),
        ([0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', (byte)' '], "JPEG XL"),
        ([0, 0, 0, 0x0C, (byte)'j', (byte)'P', (byte)' ', (byte)' '], "JPEG 2000"),
        ([0xFF, 0x4F, 0xFF, 0x51], "JPEG 2000"),
        ("8BPS"u8.ToArray(), "Photoshop"),
        ("<svg"u8.ToArray(), "SVG"),
    ];

    /// <summary>The image format of a file, such as <c>WebP</c>; null if its bytes are of none that is known here.</summary>
    public static string? ImageFormat(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..12].SequenceEqual("WEBP"u8))
        {
            return "WebP";
        }

        foreach ((byte[] known, string format) in Images)
        {
            if (start.StartsWith(known))
            {
                return format;
            }
        }

        return IsoMedia(start);
    }

    /// <summary>What a file is, as the end of a sentence: <c>a PDF document</c>; null without a known start.</summary>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            return "empty";
        }

        if (ImageFormat(start) is { } format)
        {
            return $"an image in the format {format}";
        }

        foreach ((byte[] known, string what) in Known)
        {
            if (start.StartsWith(known))
            {
                return what;
            }
        }

        return start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8) ? "a video"
            : null;
    }

    private static string? IsoMedia(ReadOnlySpan<byte> start) =>
        start.Length < 12 || !start[4..8].SequenceEqual("ftyp"u8) ? null : Encoding.ASCII.GetString(start[8..12]) switch
        {
            "avif" or "avis" => "AVIF",
            "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "mif1" or "msf1" => "HEIC",
            _ => null,
        };
}
