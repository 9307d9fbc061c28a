using System.Collections.Frozen;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Formats;

namespace TransferLearning.Data.Listings;

/// <summary>
/// Decides what the files of a listing are: by their names, and where a name does not say, by their first bytes. Immutable.
/// </summary>
internal sealed class FileKinds(ImageFormats formats)
{
    // Enough for every signature, also that of a decoder of the user's.
    private const int StartLength = 512;

    private static readonly FrozenSet<string> OtherImages = new[]
    {
        ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff", ".jxl", ".jp2", ".j2k", ".jpx", ".psd", ".svg", ".ico", ".tga", ".ppm", ".pgm",
        ".pbm", ".pnm", ".exr", ".hdr", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf", ".dcm", ".xcf", ".eps",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public ImageFormats Formats => formats;

    public FileKind Of(ListedFile file)
    {
        string path = file.RelativePath;
        return formats.MatchesName(path) ? FileKind.Image
            : DatasetFileNames.IsManifest(path) ? FileKind.Manifest
            : DatasetFileNames.MayBeList(path) ? FileKind.List
            : DatasetFileNames.IsNoImage(path) ? FileKind.Other
            : ByContent(file);
    }

    /// <summary>Whether the bytes are the start of an image in one of the formats.</summary>
    public bool IsImage(ReadOnlySpan<byte> start)
    {
        foreach (IImageDecoder decoder in formats.Decoders)
        {
            if (decoder.Matches(start))
            {
                return true;
            }
        }

        return false;
    }

    private FileKind ByContent(ListedFile file)
    {
        FileKind byName = OtherImages.Contains(Path.GetExtension(file.RelativePath)) ? FileKind.OtherImage : FileKind.Other;
        try
        {
            byte[] start = file.Source.ReadStart(StartLength);
            return IsImage(start) ? FileKind.Image : FileSignatures.Recognize(start)?.ImageFormat is null ? byName : FileKind.OtherImage;
        }
        catch (Exception)
        {
            // Whatever it is, it must not stop the listing of the other files.
            return byName;
        }
    }
}
