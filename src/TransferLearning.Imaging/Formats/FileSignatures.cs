namespace TransferLearning.Imaging.Formats;

/// <summary>Recognizes files by their first bytes, for messages about files that cannot be read. Decoders have their own checks.</summary>
internal static class FileSignatures
{
    /// <summary>What a file is; null without a known start.</summary>
    /// <param name="start">The first bytes, 12 or more where the file has them.</param>
    public static KnownFile? Recognize(ReadOnlySpan<byte> start) => start switch
    {
        _ when start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => new("a JPEG image", "JPEG"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) => new("a PNG image", "PNG"),
        _ when start.StartsWith("GIF8"u8) => new("a GIF image", "GIF"),
        _ when start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("WEBP"u8) => new("a WebP image", "WebP"),
        _ when start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) => new("a TIFF image (or a camera's raw file)", "TIFF"),
        _ when start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8) => new("a BigTIFF image", "BigTIFF"),
        _ when start.Length >= 12 && start[4..].StartsWith("ftyp"u8) => Container(start[8..12]),
        _ when start.StartsWith("8BPS"u8) => new("a Photoshop document", "Photoshop"),
        _ when start.StartsWith("\0\0\u0001\0"u8) => new("a Windows icon"),
        _ when start.StartsWith("\0\0\0\u000cjP  "u8) => new("a JPEG 2000 image", "JPEG 2000"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) => new("a JPEG 2000 image", "JPEG 2000"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) => new("a JPEG XL image", "JPEG XL"),
        _ when start.StartsWith("\0\0\0\u000cJXL "u8) => new("a JPEG XL image", "JPEG XL"),
        _ when start.StartsWith("<svg"u8) => new("an XML or SVG document", "SVG"),
        _ when start.StartsWith("<?xml"u8) => new("an XML or SVG document"),
        _ when start.StartsWith("<!DOCTYPE"u8) || start.StartsWith("<html"u8) => new("an HTML page"),
        _ when start.StartsWith("%PDF"u8) => new("a PDF document"),
        _ when start.StartsWith("{\\rtf"u8) => new("an RTF document"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) => new("a document of Microsoft Office"),
        _ when start.StartsWith("PK\u0003\u0004"u8) => new("a ZIP archive"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF]) => new("a 7z archive", Unpack: "7z x"),
        _ when start.StartsWith("Rar!"u8) => new("a RAR archive", Unpack: "unrar x"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) => new("a file compressed with gzip"),
        _ when start.StartsWith("BZh"u8) => new("a file compressed with bzip2", Unpack: "tar xf"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']) =>
            new("a file compressed with xz", Unpack: "tar xf"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) => new("a file compressed with Zstandard", Unpack: "tar xf"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F']) => new("a program"),
        _ when start.StartsWith("MZ"u8) && start.Contains((byte)0) => new("a program"),
        _ when start.StartsWith("SQLite format 3"u8) => new("a database"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) => new("a video"),
        _ when start.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']) => new("a NumPy array"),
        _ when start.Length > 2 && start[0] == 'P' && start[1] is >= (byte)'1' and <= (byte)'7' && start[2] <= ' ' =>
            new("a Netpbm image"),
        _ => null,
    };

    /// <summary>Whether a file is what Git LFS puts in the place of a large file.</summary>
    public static bool IsLfsPointer(ReadOnlySpan<byte> start) => start.StartsWith("version https://git-lfs.github.com/"u8);

    private static KnownFile Container(ReadOnlySpan<byte> brand) => brand switch
    {
        _ when brand.StartsWith("avi"u8) => new("an AVIF image", "AVIF"),
        _ when brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) => new("an HEIC image", "HEIC"),
        _ when brand.StartsWith("mif"u8) || brand.StartsWith("msf"u8) => new("an HEIC image", "HEIC"),
        _ when brand.StartsWith("crx"u8) => new("a Canon raw file"),
        _ => new("a video or another MPEG-4 container"),
    };
}
