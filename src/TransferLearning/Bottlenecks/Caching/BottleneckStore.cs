using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Bottlenecks.Sharding;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Thumbnails;
using TransferLearning.Inference;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// A <see cref="BottleneckCache"/> opened for one backbone and one run: features and thumbnails by image content, and contents by file
/// stamp (path, length and time), so that unchanged files are not read. The parts of shards that are not merged count as well. A run of a
/// shard reads the cache and what was done of the shard, and writes a part of its own. Thread-safe.
/// </summary>
internal sealed class BottleneckStore : IDisposable
{
    public const string FeaturesMagic = "TLFEATUR";
    private const int Float32Type = 1;
    private const int Float16Type = 10;
    private const int BytesType = 2;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(2);

    private readonly RecordStore _features;
    private readonly RecordStore _stamps;
    private readonly RecordStore _thumbnails;
    private readonly CacheSharing _sharing;
    private readonly TimeProvider _time;
    private readonly bool _half;
    private readonly ShardPart? _part;
    private long _lastFlush;
    private int _groups;

    /// <param name="cache">The cache.</param>
    /// <param name="backbone">The network that computes the features.</param>
    /// <param name="time">The clock.</param>
    /// <param name="engine">What runs the network; null for the embedded engine.</param>
    /// <param name="part">Receives what the run stores; null to store it in the cache itself.</param>
    public BottleneckStore(
        BottleneckCache cache, Backbone backbone, TimeProvider time, INetworkEngine? engine = null, ShardPart? part = null)
    {
        engine ??= EmbeddedEngine.Instance;
        (_time, _sharing, _part) = (time, new CacheSharing(time), part);
        _half = cache.Options.Precision == BottleneckPrecision.Half;
        RecordFormat features = FormatOf(cache, backbone, engine);
        string featuresPath = PathOf(cache.Directory, features);
        Path = part?.Own(PartFiles.FeaturesExtension) ?? featuresPath;
        if (part is null)
        {
            new CacheFolder(cache.Directory).RemoveLeftovers(time);
        }

        _features = Open(featuresPath, PartFiles.FeaturesExtension, features, "bottlenecks");
        _stamps = Open(
            System.IO.Path.Combine(cache.Directory, CacheFolder.StampsFileName),
            PartFiles.StampsExtension,
            StampsFormat,
            "the hashes of image files");
        _thumbnails = Open(
            System.IO.Path.Combine(cache.Directory, CacheFolder.ThumbnailsFileName),
            PartFiles.ThumbnailsExtension,
            ThumbnailsFormat,
            "the thumbnails of images");
        MarkUsed();

        RecordStore Open(string path, string extension, RecordFormat format, string contents) => part is null
            ? new RecordStore(path, format, contents, Parts(DivisionFolder.PartsIn(cache.Directory, extension), format))
            : new RecordStore(
                part.Own(extension), format, contents, Parts([path, .. part.Earlier(extension)], format), RecordAccess.Own);

        static RecordParts? Parts(IReadOnlyList<string> paths, RecordFormat format) =>
            paths.Count == 0 ? null : RecordParts.Open(paths, format);
    }

    /// <summary>The format of the index of image files.</summary>
    public static RecordFormat StampsFormat { get; } = new("TLSTAMPS", BytesType, ContentKey.Size, ContentKey.Size, default, "");

    /// <summary>The format of the thumbnails.</summary>
    public static RecordFormat ThumbnailsFormat { get; } =
        new("TLTHUMBS", BytesType, ImageThumbnail.Size, ImageThumbnail.Size, default, "");

    /// <summary>The path of the file of features.</summary>
    public string Path { get; }

    /// <summary>What is known of other processes that compute the same features.</summary>
    public CacheSharing Sharing => _sharing;

    /// <summary>The keys of the features that this run has added.</summary>
    public ICollection<ContentKey> Added => _features.Added;

    /// <summary>An estimate of the number of processes that share the work, with this one.</summary>
    public int Processes => _sharing.Processes(_features.AddedCount);

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

    /// <summary>The bytes that a cache with one image takes.</summary>
    public static long MinBytes(BottleneckCache cache, Backbone backbone, INetworkEngine engine) => new[]
    {
        FormatOf(cache, backbone, engine), StampsFormat, ThumbnailsFormat,
    }.Sum(f => f.RecordAt(1));

    /// <summary>The bytes that a cache already has of a backbone's features by the embedded engine.</summary>
    public static long KeptBytes(BottleneckCache cache, Backbone backbone)
    {
        var file = new FileInfo(PathOf(cache, backbone, EmbeddedEngine.Instance));
        return file.Exists ? file.Length : 0;
    }

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

        // Maps of a layer are so long that new arrays for each would be costly.
        Half[] rented = ArrayPool<Half>.Shared.Rent(features.Length);
        Span<Half> halves = rented.AsSpan(0, features.Length);
        bool found = _features.TryRead(key, MemoryMarshal.AsBytes(halves));
        if (found)
        {
            Widen(halves, features);
        }

        ArrayPool<Half>.Shared.Return(rented);
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

    /// <summary>
    /// Looks for what other processes have stored since. Where there is nothing new, it costs a look at the lengths of three files.
    /// </summary>
    /// <returns>Whether another process has stored features since this run began.</returns>
    public bool Refresh()
    {
        _stamps.Refresh();
        _thumbnails.Refresh();
        _sharing.Note(_features.Refresh(), leftOut: 0);
        return _sharing.IsShared;
    }

    /// <summary>
    /// Writes what is pending, where that is due: at once after the first group of images, so that other processes see that they are not
    /// alone; after every group while others work; otherwise two seconds after the last time, so that a killed run loses no more.
    /// </summary>
    public void EndGroup()
    {
        long last = Interlocked.Read(ref _lastFlush);
        if (Interlocked.Increment(ref _groups) == 1 || _sharing.AreOthersActive || _time.GetElapsedTime(last) >= FlushInterval)
        {
            Interlocked.Exchange(ref _lastFlush, _time.GetTimestamp());
            Flush();
        }
    }

    /// <summary>Writes what is not yet in the files; the features last, so that who finds them finds the rest too.</summary>
    public void Flush()
    {
        _stamps.Flush();
        _thumbnails.Flush();
        RecordFlush flush = _features.Flush();
        _sharing.Note(flush.Found, flush.LeftOut);
        if (_part is not null && (_features.WriteFailure ?? _thumbnails.WriteFailure ?? _stamps.WriteFailure) is { } failure)
        {
            throw new TransferLearningException($"{failure}: a shard keeps what it computes, or ends");
        }
    }

    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            _features.Dispose();
            _stamps.Dispose();
            _thumbnails.Dispose();
        }

        MarkUsed();
    }

    /// <summary>Notes the time in the file of features, so that a limit of the cache's size removes others first.</summary>
    private void MarkUsed()
    {
        try
        {
            if (File.Exists(Path))
            {
                File.SetLastWriteTimeUtc(Path, _time.GetUtcNow().UtcDateTime);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is read-only: nothing is removed from it either.
        }
    }

    private static void Widen(ReadOnlySpan<Half> halves, Span<float> features)
    {
        for (int i = 0; i < halves.Length; i++)
        {
            features[i] = (float)halves[i];
        }
    }

    /// <summary>The path of the file of features of a format.</summary>
    public static string PathOf(string cacheDirectory, RecordFormat features) => System.IO.Path.Combine(
        cacheDirectory, features.Fingerprint + (features.ElementType == Float16Type ? "-half" : "") + CacheFolder.FeaturesExtension);

    /// <summary>The format of the features of a backbone.</summary>
    public static RecordFormat FormatOf(BottleneckCache cache, Backbone backbone, INetworkEngine engine)
    {
        bool half = cache.Options.Precision == BottleneckPrecision.Half;
        return new RecordFormat(
            FeaturesMagic,
            half ? Float16Type : Float32Type,
            backbone.FeatureSize,
            backbone.FeatureSize * (half ? 2 : sizeof(float)),
            ContentKey.Read(Convert.FromHexString(FingerprintOf(backbone, engine))),
            engine.FeatureIdentity.Length == 0 ? backbone.Name : $"{backbone.Name} ({engine.FeatureIdentity})");
    }

    private static string PathOf(BottleneckCache cache, Backbone backbone, INetworkEngine engine) =>
        PathOf(cache.Directory, FormatOf(cache, backbone, engine));

    /// <summary>
    /// What decides the bits of the features: the backbone and, because sums are formed in another order, the engine. For the embedded
    /// engine it is the backbone's fingerprint alone, as in earlier versions.
    /// </summary>
    private static string FingerprintOf(Backbone backbone, INetworkEngine engine) => engine.FeatureIdentity.Length == 0
        ? backbone.Fingerprint
        : ContentKey.Of(Encoding.UTF8.GetBytes($"{backbone.Fingerprint}\nengine {engine.FeatureIdentity}")).ToString();

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
