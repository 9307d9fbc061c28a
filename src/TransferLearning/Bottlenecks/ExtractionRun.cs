using TransferLearning.Backbones;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;
using TransferLearning.Inference;

namespace TransferLearning.Bottlenecks;

/// <summary>
/// One extraction: first every image whose file is known to the cache is taken from there, then the rest is computed. Each image is
/// decoded at most once for all views that are missing. An image whose features were kept without a thumbnail, by an earlier version, is
/// decoded for it, once. Other processes that extract the same images at the same time share the work. Used for one run.
/// </summary>
internal sealed class ExtractionRun(
    ImageDataset data,
    ImageViews views,
    Backbone backbone,
    BottleneckStore? store,
    INetworkEngine engine,
    int threads,
    ExtractionMeter meter,
    TimeProvider time,
    Random random)
    : IInferenceSink
{
    private readonly float[][] _values =
        [.. Enumerable.Range(0, views.Count).Select(_ => new float[checked(data.Count * backbone.FeatureSize)])];

    // Of images that are partly known, the views that need not be computed.
    private readonly HashSet<int>?[] _knownViews = new HashSet<int>?[data.Count];
    private readonly int[] _found = new int[data.Count];
    private readonly string?[] _problems = new string?[data.Count];
    private readonly ContentKey[] _keys = new ContentKey[data.Count];
    private readonly ContentKey[] _contents = new ContentKey[data.Count];
    private readonly ImageThumbnail?[] _thumbnails = new ImageThumbnail?[data.Count];
    private SharedWalk? _walk;

    /// <summary>What the user should know of the network; null without anything, or where nothing had to be computed.</summary>
    public string? Warning { get; private set; }

    /// <summary>The number of bottlenecks of usable images that the cache had.</summary>
    public int Hits => _found.Where((_, i) => _problems[i] is null).Sum();

    /// <summary>For each view, [images, features], row-major.</summary>
    public IReadOnlyList<float[]> Values => _values;

    /// <summary>[images]: why the image cannot be used; null where it can.</summary>
    public string?[] Problems => _problems;

    /// <summary>[images]: the hash of the content; undefined where the image cannot be used.</summary>
    public ContentKey[] Contents => _contents;

    /// <summary>[images]: what the image looks like; null where the image cannot be used, or decoded any more, and for further
    /// views.</summary>
    public ImageThumbnail?[] Thumbnails => _thumbnails;

    public void Extract(CancellationToken cancellationToken)
    {
        int[] rest = store is null ? [.. Enumerable.Range(0, data.Count)] : FindKnown(store, cancellationToken);
        if (rest.Length > 0)
        {
            Compute(rest, cancellationToken);
        }

        if (!views.IsItself)
        {
            return;
        }

        int[] without = [.. Enumerable.Range(0, data.Count).Where(i => _problems[i] is null && _thumbnails[i] is null)];
        FillThumbnails(without, cancellationToken);
    }

    /// <summary>The bytes of an image; null where the cache has its content after all, as that of a moved or copied file.</summary>
    public byte[]? Read(int index, LabeledImage image)
    {
        FileStamp? stamp = image.Stamp();
        FileStamp? settled = stamp is { } seen && store?.IsSettled(seen) == true ? seen : null;
        byte[] content = image.ReadBytes();
        ContentKey key = image.KnownKey(stamp) ?? ContentKey.Of(content);
        image.Remember(stamp, key);
        _contents[index] = key;
        if (store is null)
        {
            return content;
        }

        bool isReduced = image.Formats.IsReduced(content, image.Limits, backbone.Preprocessing.MinSourceSide);
        _keys[index] = CacheKey.Of(key, image.Formats.FindForeign(content), isReduced);
        if (settled is { } known)
        {
            store.Add(known, key);
        }

        if (store.Sharing.IsShared)
        {
            store.Refresh();
        }

        HashSet<int> cached = [.. AllViews().Where(v => store.TryRead(views.KeyOf(_keys[index], v), Row(index, v)))];
        (_knownViews[index], _found[index]) = (cached, cached.Count);
        if (cached.Count < views.Count)
        {
            return content;
        }

        _walk?.MeetStored();
        _thumbnails[index] = store.FindThumbnail(_keys[index]);
        return null;
    }

    public IEnumerable<(int View, RgbImage Pixels)> Decoded(int index, RgbImage image)
    {
        if (views.IsItself)
        {
            KeepThumbnail(index, image);
        }

        return AllViews().Where(v => _knownViews[index]?.Contains(v) != true).Select(v => (v, views.Make(image, _contents[index], v)));
    }

    public void Computed(int index, int view, ReadOnlySpan<float> output)
    {
        output.CopyTo(Row(index, view));
        store?.Add(views.KeyOf(_keys[index], view), Row(index, view));
    }

    public void Failed(int index, string reason) => _problems[index] = reason;

    public void Finished(int images)
    {
        store?.EndGroup();
        meter.Add(images);
    }

    private IEnumerable<int> AllViews() => Enumerable.Range(0, views.Count);

    private void KeepThumbnail(int index, RgbImage image)
    {
        // The image may have gone through another backbone before.
        _thumbnails[index] = store?.FindThumbnail(_keys[index]);
        if (_thumbnails[index] is null)
        {
            var thumbnail = ImageThumbnail.Of(image);
            _thumbnails[index] = thumbnail;
            store?.Add(_keys[index], thumbnail);
        }
    }

    private void Compute(int[] indices, CancellationToken cancellationToken)
    {
        try
        {
            using INetworkSession session = engine.Load(backbone.Network);
            Warning = session.Warning is { } warning ? $"the network '{backbone.Name}' {warning}" : null;
            var inference = new ImageInference(data.Images, session, backbone.Preprocessing, this, threads, views.Count);
            if (store is null)
            {
                inference.Run(indices, cancellationToken);
            }
            else
            {
                _walk = new SharedWalk(indices, store, TakeStored, threads + session.WaitingThreads, time, random);
                inference.Run(_walk, cancellationToken);
            }
        }
        catch (NetworkEngineException e)
        {
            throw new TransferLearningException($"the backbone '{backbone.Name}' cannot run: {e.Message}", e);
        }
    }

    private Span<float> Row(int image, int view) => _values[view].AsSpan(image * backbone.FeatureSize, backbone.FeatureSize);

    /// <summary>Takes from the cache what it has of unchanged files, and returns the images that are left.</summary>
    private int[] FindKnown(BottleneckStore known, CancellationToken cancellationToken)
    {
        bool[] found = new bool[data.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, data.Count, options, i => found[i] = TryTake(known, i));

        int[] rest = [.. Enumerable.Range(0, data.Count).Where(i => !found[i])];
        meter.AddCached(data.Count - rest.Length);
        return rest;
    }

    /// <summary>Takes an image from the cache, whose features another process has stored since the run began.</summary>
    private bool TakeStored(int index)
    {
        if (!TryTake(store!, index))
        {
            return false;
        }

        meter.AddCached(1);
        return true;
    }

    /// <summary>Takes an image from the cache if its file has not changed since its content was hashed.</summary>
    private bool TryTake(BottleneckStore known, int index)
    {
        LabeledImage image = data.Images[index];
        if (image.Stamp() is not { } stamp || (image.KnownKey(stamp) ?? known.FindKey(stamp)) is not { } key)
        {
            return false;
        }

        image.Remember(stamp, key);
        _contents[index] = key;
        foreach (ContentKey candidate in CacheKey.AllOf(key, image.Formats))
        {
            if (AllViews().All(v => known.TryRead(views.KeyOf(candidate, v), Row(index, v))))
            {
                (_keys[index], _found[index]) = (candidate, views.Count);
                _thumbnails[index] = known.FindThumbnail(candidate);
                return true;
            }
        }

        return false;
    }

    /// <summary>Decodes images whose features are known. One that cannot be decoded any more is used all the same, and has no
    /// copies.</summary>
    private void FillThumbnails(int[] images, CancellationToken cancellationToken)
    {
        if (images.Length > 0)
        {
            store?.Refresh();
        }

        var decoding = new BoundedDecoding(data.Images, backbone.Preprocessing.MinSourceSide);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.ForEach(images, options, i =>
        {
            LabeledImage image = data.Images[i];

            // Another process may have stored it since.
            _thumbnails[i] = store?.FindThumbnail(_keys[i]);
            if (_thumbnails[i] is not null)
            {
                return;
            }

            try
            {
                decoding.Decode(image, image.ReadBytes, (_, pixels) => KeepThumbnail(i, pixels), cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                _thumbnails[i] = null;
            }
        });
    }
}
