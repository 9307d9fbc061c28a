using System.Buffers.Binary;
using ImageMagick;

namespace TransferLearning.Magick.Decoding;

/// <summary>Recognizes a format by the first bytes of a file; null where it is another.</summary>
internal static class FileSignature
{
    // Brands further on are of no image that is read: a file must not be searched to its end.
    private const int MaxBrandBytes = 256;

    public static MagickFormat? WebP(ReadOnlySpan<byte> start) =>
        start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8) ? MagickFormat.WebP : null;

    public static MagickFormat? Avif(ReadOnlySpan<byte> start) => HasBrand(start, "avif", "avis") ? MagickFormat.Avif : null;

    // mif1 and msf1 only say that the container holds images: an AVIF file may start with them, and names avif further on.
    public static MagickFormat? Heic(ReadOnlySpan<byte> start) =>
        Avif(start) is null && HasBrand(start, "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1") ? MagickFormat.Heic : null;

    public static MagickFormat? JpegXl(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || start.StartsWith("\0\0\0\u000cJXL \r\n"u8)
            ? MagickFormat.Jxl
            : null;

    public static MagickFormat? Jpeg2000(ReadOnlySpan<byte> start) =>
        start.StartsWith("\0\0\0\u000cjP  "u8) ? MagickFormat.Jp2
        : start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) ? MagickFormat.J2k
        : null;

    public static MagickFormat? Tiff(ReadOnlySpan<byte> start) =>
        start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8)
        || start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8)
            ? MagickFormat.Tiff
            : null;

    // ISO base media: length, 'ftyp', the major brand, a version, the compatible brands.
    private static bool HasBrand(ReadOnlySpan<byte> start, params ReadOnlySpan<string> brands)
    {
        if (start.Length < 12 || !start[4..].StartsWith("ftyp"u8))
        {
            return false;
        }

        long end = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(start), Math.Min(start.Length, MaxBrandBytes));
        for (int at = 8; at + 4 <= end; at += at == 8 ? 8 : 4)
        {
            string brand = System.Text.Encoding.ASCII.GetString(start.Slice(at, 4));
            if (brands.Contains(brand))
            {
                return true;
            }
        }

        return false;
    }
}
