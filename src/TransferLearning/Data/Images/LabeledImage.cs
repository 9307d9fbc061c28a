using System.Collections.Immutable;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;

namespace TransferLearning.Data;

/// <summary>
/// One image of an <see cref="ImageDataset"/>: where its bytes are, and what is known of it. Nothing is read until needed. Immutable;
/// thread-safe.
/// </summary>
public sealed class LabeledImage
{
    private readonly ImageSource _source;
    private HashedContent? _hashed;

    internal LabeledImage(string path, string? label, ImageSource source)
    {
        (Path, Label, _source) = (path, label, source);
    }

    private LabeledImage(LabeledImage other)
    {
        (Path, Label, Group, Subset, Columns) = (other.Path, other.Label, other.Group, other.Subset, other.Columns);
        (_source, _hashed) = (other._source, other._hashed);
    }

    /// <summary>The name to show: the file's path, <c>archive/entry</c>, or the name given to an image in memory.</summary>
    public string Path { get; }

    /// <summary>The class; null where it is not known.</summary>
    public string? Label { get; private init; }

    /// <summary>
    /// What the image must not be separated from (a person, a place, a video); null where nothing is said. Images of one group always
    /// fall on
    /// the same side of a split. From a manifest's column <c>group</c>.
    /// </summary>
    public string? Group { get; private init; }

    /// <summary>The part that the data set itself puts the image into.</summary>
    public DatasetSubset Subset { get; private init; }

    /// <summary>
    /// The cells of the image's row in the manifest, by column name; empty where there is no manifest or it has no header.
    /// </summary>
    public IReadOnlyDictionary<string, string> Columns { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>An image in memory.</summary>
    /// <param name="content">A whole image file (JPEG, PNG, ...). The memory is not copied: do not write to it afterwards.</param>
    /// <param name="label">The class; null where it is not known.</param>
    /// <param name="name">What messages call the image. Default: <c>(memory)</c>.</param>
    public static LabeledImage FromBytes(ReadOnlyMemory<byte> content, string? label, string name = "(memory)") =>
        new(name, label, new MemoryImageSource(content));

    /// <summary>An image in a file, which need not exist yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">The class; null where it is not known.</param>
    public static LabeledImage FromFile(string path, string? label = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path, label, new FileImageSource(System.IO.Path.GetFullPath(path)));
    }

    /// <summary>The same image in another group.</summary>
    /// <param name="group">The group; null for none.</param>
    public LabeledImage WithGroup(string? group) => new(this) { Group = group };

    /// <summary>The same image with another label.</summary>
    /// <param name="label">The class; null where it is not known.</param>
    public LabeledImage WithLabel(string? label) => new(this) { Label = label };

    /// <summary>Reads the whole image file.</summary>
    /// <returns>A new array that the caller owns.</returns>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read them.</exception>
    /// <exception cref="InvalidDataException">The archive that holds the image is damaged.</exception>
    public byte[] ReadBytes() => _source.Read();

    /// <summary>The file name and path.</summary>
    public override string ToString() => Label is null ? Path : $"{Path} ({Label})";

    internal LabeledImage WithSubset(DatasetSubset subset) => new(this) { Subset = subset };

    internal LabeledImage WithColumns(IReadOnlyDictionary<string, string> columns) => new(this) { Columns = columns };

    internal FileStamp? Stamp() => _source.Stamp();

    /// <summary>The content's hash where it was computed before and the file's stamp is still the same.</summary>
    internal ContentKey? KnownKey(FileStamp? stamp) => Volatile.Read(ref _hashed) is { } known && known.Stamp == stamp ? known.Key : null;

    /// <summary>Remembers the hash, so that the extraction and the split read the image once between them.</summary>
    internal void Remember(FileStamp? stamp, ContentKey key) => Volatile.Write(ref _hashed, new HashedContent(stamp, key));

    private sealed record HashedContent(FileStamp? Stamp, ContentKey Key);
}
