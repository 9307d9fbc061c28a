using System.Collections.Immutable;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Imaging;

namespace TransferLearning.Data;

/// <summary>
/// One image of an <see cref="ImageDataset"/>: where its bytes are, how they are decoded, and what is known about it. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe. Nothing is read until <see cref="ReadBytes"/> or the work on a data set needs it. There is nothing to dispose of: images of
/// an archive share a file handle that is closed when none of them is referenced any more.
/// </remarks>
public sealed class LabeledImage
{
    // A data set may have millions of images: what few of them have is behind a reference, and what all have in common is shared.
    private readonly ImageSource _source;
    private readonly ImageReading _reading;
    private readonly PictureKey? _copyOf;
    private HashedContent? _hashed;

    internal LabeledImage(string path, string? label, ImageSource source, ImageReading reading)
    {
        (Path, Label, _source, _reading) = (path, label, source, reading);
    }

    private LabeledImage(LabeledImage other)
    {
        (Path, Label, Group, _copyOf, Subset, Columns) = (other.Path, other.Label, other.Group, other._copyOf, other.Subset, other.Columns);
        (_source, _hashed, _reading) = (other._source, other._hashed, other._reading);
    }

    /// <summary>The name to show: the file's path, <c>archive/entry</c>, or the name given to an image in memory.</summary>
    public string Path { get; }

    /// <summary>The class; null where it is not known.</summary>
    public string? Label { get; private init; }

    /// <summary>
    /// What the image has in common with others (a person, a place, a video); null for nothing. Images of one group always end up on the
    /// same side of a split. From a manifest's column <c>group</c>.
    /// </summary>
    public string? Group { get; private init; }

    /// <summary>The part of the data set that its folders or manifest put the image into.</summary>
    public DatasetSubset Subset { get; private init; }

    /// <summary>
    /// The cells of the image's row in the manifest, by column name; empty where there is no manifest or it has no header.
    /// </summary>
    public IReadOnlyDictionary<string, string> Columns { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// The formats that decode the image, whatever else is set where it is used: those that its data set was opened with, or
    /// <see cref="ImageFormats.BuiltIn"/>.
    /// </summary>
    public ImageFormats Formats => _reading.Formats;

    /// <summary>
    /// The largest file and image that are read: those that its data set was opened with, or <see cref="ImageLimits.Default"/>.
    /// </summary>
    public ImageLimits Limits => _reading.Limits;

    /// <summary>The content of the picture that this is a copy of; null where it has no copies, or these were not looked for.</summary>
    internal ContentKey? CopyOf => _copyOf?.Key;

    /// <summary>An image in memory, in one of the <see cref="ImageFormats.BuiltIn"/> formats; see <see cref="WithFormats"/>.</summary>
    /// <param name="content">A whole image file (JPEG, PNG, ...). The memory is not copied: do not write to it afterwards.</param>
    /// <param name="label">The class; null where it is not known.</param>
    /// <param name="name">What messages call the image. Default: <c>(memory)</c>.</param>
    public static LabeledImage FromBytes(ReadOnlyMemory<byte> content, string? label, string name = "(memory)") =>
        new(name, label, new MemoryImageSource(content), ImageReading.Default);

    /// <summary>
    /// An image in a file, in one of the <see cref="ImageFormats.BuiltIn"/> formats; see <see cref="WithFormats"/>. The file need not exist
    /// yet.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="label">The class; null where it is not known.</param>
    public static LabeledImage FromFile(string path, string? label = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Refuses what can be no path now, not when it is read.
        _ = System.IO.Path.GetFullPath(path);
        return new(path, label, new FileImageSource(path, Directory.GetCurrentDirectory()), ImageReading.Default);
    }

    /// <summary>The same image in another group.</summary>
    /// <param name="group">The group; null for none.</param>
    public LabeledImage WithGroup(string? group) => new(this) { Group = group };

    /// <summary>The same image with another label.</summary>
    /// <param name="label">The class; null where it is not known.</param>
    public LabeledImage WithLabel(string? label) => new(this) { Label = label };

    /// <summary>The same image, decoded with other formats.</summary>
    /// <param name="formats">The formats.</param>
    public LabeledImage WithFormats(ImageFormats formats)
    {
        ArgumentNullException.ThrowIfNull(formats);
        return new(this) { Reading = _reading with { Formats = formats } };
    }

    /// <summary>The same image, read and decoded within other limits.</summary>
    /// <param name="limits">The largest file and image.</param>
    public LabeledImage WithLimits(ImageLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new(this) { Reading = _reading with { Limits = limits } };
    }

    /// <summary>Reads the whole image file, anew at every call.</summary>
    /// <returns>A new array that the caller owns.</returns>
    /// <exception cref="InvalidImageException">The file is larger than the <see cref="Limits"/>.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read them.</exception>
    /// <exception cref="InvalidDataException">The archive that holds the image is damaged.</exception>
    public byte[] ReadBytes()
    {
        Limits.CheckLength(_source.Length());
        return _source.Read();
    }

    private ImageReading Reading
    {
        init => _reading = value;
    }

    /// <summary>The path, and the label in parentheses where there is one.</summary>
    public override string ToString() => Label is null ? Path : $"{Path} ({Label})";

    /// <summary>Decodes the bytes of the image with its formats, within its limits; a very large one at a reduced size.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="minSide">The least length of the shorter side of a reduced image; the default is enough for thumbnails.</param>
    internal RgbImage Decode(ReadOnlySpan<byte> content, int minSide = 1) => Formats.DecodeReduced(content, Limits, minSide);

    internal long Length() => _source.Length();

    /// <summary>The first bytes of the file, as far as it has them.</summary>
    internal byte[] ReadStart(int length) => _source.ReadStart(length);

    internal LabeledImage WithCopyOf(ContentKey? picture) => new(this) { Picture = picture };

    internal LabeledImage WithSubset(DatasetSubset subset) => new(this) { Subset = subset };

    internal LabeledImage WithColumns(IReadOnlyDictionary<string, string> columns) => new(this) { Columns = columns };

    internal LabeledImage WithReading(ImageReading reading) => new(this) { Reading = reading };

    internal FileStamp? Stamp() => _source.Stamp();

    /// <summary>The hash of the content if it was computed before and the file's stamp is still the same; else null.</summary>
    internal ContentKey? KnownKey(FileStamp? stamp) => Volatile.Read(ref _hashed) is { } known && known.Stamp == stamp ? known.Key : null;

    /// <summary>
    /// The hash of the content that was last read, even if the file has changed or is gone since; null where it was never read.
    /// </summary>
    internal ContentKey? LastKey => Volatile.Read(ref _hashed)?.Key;

    /// <summary>Reads the whole image file, and remembers the hash of its content where it is not known yet.</summary>
    /// <inheritdoc cref="ReadBytes"/>
    internal byte[] ReadAndHash()
    {
        FileStamp? stamp = Stamp();
        byte[] content = ReadBytes();
        if (KnownKey(stamp) is null)
        {
            Remember(stamp, ContentKey.Of(content));
        }

        return content;
    }

    /// <summary>Remembers the hash, so that split and extraction together read the image once.</summary>
    internal void Remember(FileStamp? stamp, ContentKey key) => Volatile.Write(ref _hashed, new HashedContent(stamp, key));

    private ContentKey? Picture
    {
        init => _copyOf = value is { } key ? new PictureKey(key) : null;
    }

    private sealed record PictureKey(ContentKey Key);

    private sealed record HashedContent(FileStamp? Stamp, ContentKey Key);
}
