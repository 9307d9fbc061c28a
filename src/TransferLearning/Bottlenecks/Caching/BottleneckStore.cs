using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TransferLearning.Backbones;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// A <see cref="BottleneckCache"/> opened for one backbone and one run: features and thumbnails by image content, and contents by file
/// stamp (path, length and time), so that unchanged files are not read. Thread-safe.
/// </summary>
internal sealed class BottleneckStore : IDisposable
{
    public const string FeaturesMagic = "TLFEATUR";
    public const string Extension = ".bottlenecks";
    public const string StampsFileName = "files.index";
    public const string ThumbnailsFileName = "images.thumbnails";
    private const int Float32Type = 1;
    private const int Float16Type = 10;
    private const int BytesType = 2;
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(2);

    private readonly RecordStore _features;
    private readonly RecordStore _stamps;
    private readonly RecordStore _thumbnails;
    private readonly TimeProvider _time;
    private readonly bool _half;

    public BottleneckStore(BottleneckCache cache, Backbone backbone, TimeProvider time)
    {
        _time = time;
        _half = cache.Options.Precision == BottleneckPrecision.Half;
        Path = System.IO.Path.Combine(cache.Directory, FileName(backbone));
        _features = new RecordStore(Path, Format(backbone), "bottlenecks");
        _stamps = new RecordStore(
            System.IO.Path.Combine(cache.Directory, StampsFileName),
            new RecordFormat("TLSTAMPS", BytesType, ContentKey.Size, ContentKey.Size, default, ""),
            "the hashes of image files");
        _thumbnails = new RecordStore(
            System.IO.Path.Combine(cache.Directory, ThumbnailsFileName),
            new RecordFormat("TLTHUMBS", BytesType, ImageThumbnail.Size, ImageThumbnail.Size, default, ""),
            "the thumbnails of images");
    }

    /// <summary>The path of the file of features.</summary>
    public string Path { get; }

    /// <summary>The number of damaged records of features met so far.</summary>
    public int Damaged => _features.Damaged;

    /// <summary>
    /// What is wrong with the cache. All files are in one folder, so most problems concern all: those of one file are enough.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
        new[] { _features.Warnings, _stamps.Warnings, _thumbnails.Warnings }.FirstOrDefault(w => w.Count > 0, []);

    /// <summary>The precision of the features in a file; null where this version of the library does not know the element type.</summary>
    public static BottleneckPrecision? PrecisionOf(RecordFormat format) => format.ElementType switch
    {
        Float32Type => BottleneckPrecision.Full,
        Float16Type => BottleneckPrecision.Half,
        _ => null,
    };

    /// <summary>The content that a file with this stamp had when it was last read; null where it is not known.</summary>
    public ContentKey? FindKey(FileStamp stamp)
    {
        Span<byte> key = stackalloc byte[ContentKey.Size];
        return _stamps.TryRead(StampKey(stamp), key) ? ContentKey.Read(key) : null;
    }

    /// <summary>Reads the thumbnail of a content; null where there is none, or its record is damaged.</summary>
    public ImageThumbnail? FindThumbnail(ContentKey key)
    {
        Span<byte> bytes = stackalloc byte[ImageThumbnail.Size];
        return _thumbnails.TryRead(key, bytes) ? ImageThumbnail.Read(bytes) : null;
    }

    /// <summary>Stores a thumbnail. It does not depend on the backbone, so that all share it.</summary>
    public void Add(ContentKey key, ImageThumbnail thumbnail) => _thumbnails.Add(key, thumbnail.Bytes);

    /// <summary>Reads the features of a content; false where there are none, or their record is damaged.</summary>
    public bool TryRead(ContentKey key, Span<float> features)
    {
        if (!_half)
        {
            return _features.TryRead(key, MemoryMarshal.AsBytes(features));
        }

        var halves = new Half[features.Length];
        bool found = _features.TryRead(key, MemoryMarshal.AsBytes(halves.AsSpan()));
        if (found)
        {
            Widen(halves, features);
        }

        return found;
    }

    /// <summary>Stores features, and rounds them to what the next run will read, so that both runs get the same.</summary>
    public void Add(ContentKey key, Span<float> features)
    {
        if (!_half)
        {
            _features.Add(key, MemoryMarshal.AsBytes(features));
            return;
        }

        var halves = new Half[features.Length];
        for (int i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)features[i];
        }

        Widen(halves, features);
        _features.Add(key, MemoryMarshal.AsBytes(halves.AsSpan()));
    }

    /// <summary>
    /// Tells whether a stamp identifies the content of a file that is about to be read. That of a file changed within the last two seconds
    /// does not: the file might change again within the same tick of its file system's clock.
    /// </summary>
    public bool IsSettled(FileStamp stamp) => _time.GetUtcNow().UtcDateTime.Ticks - stamp.ModifiedTicks >= SettlingTime.Ticks;

    /// <summary>Stores which content a file has; its stamp must have been settled before it was read.</summary>
    public void Add(FileStamp stamp, ContentKey key)
    {
        Span<byte> payload = stackalloc byte[ContentKey.Size];
        key.Write(payload);
        _stamps.Add(StampKey(stamp), payload);
    }

    /// <summary>Writes what is not yet in the files.</summary>
    public void Flush()
    {
        _features.Flush();
        _stamps.Flush();
        _thumbnails.Flush();
    }

    public void Dispose()
    {
        _features.Dispose();
        _stamps.Dispose();
        _thumbnails.Dispose();
    }

    private static void Widen(ReadOnlySpan<Half> halves, Span<float> features)
    {
        for (int i = 0; i < halves.Length; i++)
        {
            features[i] = (float)halves[i];
        }
    }

    private string FileName(Backbone backbone) => backbone.Fingerprint + (_half ? "-half" : "") + Extension;

    private RecordFormat Format(Backbone backbone) => new(
        FeaturesMagic,
        _half ? Float16Type : Float32Type,
        backbone.FeatureSize,
        backbone.FeatureSize * (_half ? 2 : sizeof(float)),
        ContentKey.Read(Convert.FromHexString(backbone.Fingerprint)),
        backbone.Name);

    private static ContentKey StampKey(FileStamp stamp)
    {
        int length = Encoding.UTF8.GetByteCount(stamp.Path);
        Span<byte> bytes = length <= 512 ? stackalloc byte[528] : new byte[length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, stamp.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], stamp.ModifiedTicks);
        Encoding.UTF8.GetBytes(stamp.Path, bytes[16..]);
        return ContentKey.Of(bytes[..(length + 16)]);
    }
}
