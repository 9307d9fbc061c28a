using System.Collections.Immutable;
using TransferLearning.Imaging.Decoding.Bmp;
using TransferLearning.Imaging.Decoding.Gif;
using TransferLearning.Imaging.Decoding.Jpeg;
using TransferLearning.Imaging.Decoding.Png;
using TransferLearning.Imaging.Formats;

namespace TransferLearning.Imaging;

/// <summary>
/// A set of image file formats: which files are listed as images, by their extensions, and how they are decoded, by their content.
/// Immutable: <see cref="Add"/> returns another set.
/// </summary>
/// <remarks>
/// Thread-safe. Sets hold no memory beyond their decoders, so there is nothing to dispose of. A format that is added belongs only to the
/// set that <see cref="Add"/> returns; nothing is registered for the whole process.
/// </remarks>
/// <example>
/// <code>
/// RgbImage photo = ImageFormats.BuiltIn.Load("rose.jpg");
/// Console.WriteLine($"{photo.Width} x {photo.Height} pixels");
/// </code>
/// </example>
public sealed partial class ImageFormats
{
    private readonly ImmutableArray<IImageDecoder> _decoders;
    private readonly ImmutableArray<string> _extensions;

    private ImageFormats(ImmutableArray<IImageDecoder> decoders) =>
        (_decoders, _extensions, ForeignDecoders) = (
            decoders,
            [.. decoders.SelectMany(d => d.Extensions)],
            [.. decoders.Where(d => d.GetType().Assembly != typeof(ImageFormats).Assembly)]);

    /// <summary>JPEG, PNG, GIF (its first frame) and BMP.</summary>
    public static ImageFormats BuiltIn { get; } = new([new JpegDecoder(), new PngDecoder(), new GifDecoder(), new BmpDecoder()]);

    /// <summary>The decoders. The first of them whose <see cref="IImageDecoder.Matches"/> is true decodes a file.</summary>
    public IReadOnlyList<IImageDecoder> Decoders => _decoders;

    /// <summary>The extensions of all decoders, each with its dot.</summary>
    public IReadOnlyList<string> Extensions => _extensions;

    /// <summary>The decoders that are not built in.</summary>
    internal ImmutableArray<IImageDecoder> ForeignDecoders { get; }

    /// <summary>The extensions as part of a sentence: <c>.jpg, .png or .bmp</c>.</summary>
    internal string DescribedExtensions =>
        _extensions is [var single] ? single : $"{string.Join(", ", _extensions[..^1])} or {_extensions[^1]}";

    /// <summary>Where the decoder of a file is that this set cannot decode, as the end of a sentence; empty where none is known.</summary>
    internal static string Hint(string path) => UnknownFormat.IsReadByMagick(path) ? $"; {UnknownFormat.MagickPackage} decodes it" : "";

    /// <summary>This set and one format more, which comes last.</summary>
    /// <param name="decoder">The decoder of the format.</param>
    /// <exception cref="ArgumentException">
    /// The set has a format of this name, or one with the same extension; or the decoder has no name, no extension, or an extension that
    /// is not a dot and letters or digits.
    /// </exception>
    public ImageFormats Add(IImageDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentException.ThrowIfNullOrWhiteSpace(decoder.FormatName, nameof(decoder));
        if (_decoders.Any(d => d.FormatName.Equals(decoder.FormatName, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"the format {decoder.FormatName} is already in the set ({this}): add it once", nameof(decoder));
        }

        if (decoder.Extensions is not { Count: > 0 } || !decoder.Extensions.All(IsExtension))
        {
            throw new ArgumentException(
                $"the format {decoder.FormatName} has the extensions '{string.Join(", ", decoder.Extensions ?? [])}': "
                + "expected at least one, each a dot followed by letters or digits, such as .jpg",
                nameof(decoder));
        }

        foreach (string extension in decoder.Extensions)
        {
            IImageDecoder? owner = _decoders.FirstOrDefault(d => d.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
            if (owner is not null)
            {
                throw new ArgumentException(
                    $"the extension {extension} of the format {decoder.FormatName} already belongs to {owner.FormatName}: "
                    + "leave it out, for a file is decoded by its content, whatever its extension",
                    nameof(decoder));
            }
        }

        return new ImageFormats(_decoders.Add(decoder));
    }

    /// <summary>Whether a file's name ends in one of <see cref="Extensions"/>, in any letter case. The file is not looked at.</summary>
    /// <param name="path">The file's name or path.</param>
    public bool MatchesName(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        foreach (string extension in _extensions)
        {
            if (path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The names of the formats, such as <c>JPEG, PNG, GIF, BMP</c>.</summary>
    public override string ToString() => string.Join(", ", _decoders.Select(d => d.FormatName));

    private static bool IsExtension(string extension) => extension is ['.', _, ..] && extension.Skip(1).All(char.IsLetterOrDigit);
}
