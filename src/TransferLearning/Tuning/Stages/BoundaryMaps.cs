using System.Collections.Concurrent;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Tuning.Stages;

/// <summary>
/// Images as the map that the trained stages begin with: what lies below runs once per image and view, and its results are kept in the
/// bottleneck cache as float16; or it runs in each epoch, where the cache has no room for them. Thread-safe.
/// </summary>
internal sealed class BoundaryMaps : ITrainingImages, IDisposable
{
    private readonly ViewedImages _images;
    private readonly Backbone _lower;
    private readonly CompiledNetwork _network;
    private readonly int _views;
    private readonly int _threads;
    private readonly TimeProvider _time;
    private readonly ContentKey?[] _keys;
    private readonly ConcurrentBag<NetworkWorker> _workers = [];
    private BottleneckStore? _store;

    /// <param name="images">Reads the images.</param>
    /// <param name="network">The network, divided below its first stage.</param>
    /// <param name="backbone">The network as a whole.</param>
    /// <param name="views">The number of views of an image beside itself.</param>
    /// <param name="cache">Where maps are kept; null for nowhere.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="time">The clock.</param>
    public BoundaryMaps(
        ViewedImages images, TunableNetwork network, Backbone backbone, int views, BottleneckCache? cache, int threads, TimeProvider time)
    {
        (_images, _views, _threads, _time) = (images, views, threads, time);
        Graph lower = network.Lower ?? throw new ArgumentException("the network has no part that stays as it is", nameof(network));
        _lower = backbone.WithGraph(lower, $"{backbone.Name} to {network.Boundary!.Value}", network.Boundary.Shape.Length);
        _network = _lower.Compile();

        // The channels of tokens are next to each other already.
        Channels = network.Boundary.IsChannelsLast ? Length : network.Boundary.Channels;
        Pixels = Length / Channels;
        _keys = new ContentKey?[images.Count];
        Storage = BoundaryStorage.Of(
            cache,
            Count,
            Length,
            cache is null ? null : BoundaryStorage.FreeBytes(cache),
            cache is null ? 0 : BottleneckStore.KeptBytes(BoundaryStorage.Halved(cache), _lower));
    }

    /// <summary>Where maps are kept, and what they take.</summary>
    public BoundaryStorage Storage { get; }

    /// <summary>The number of maps: images times views.</summary>
    public long Count => (long)_images.Count * (_views + 1);

    public int Length => _lower.FeatureSize;

    public string Identity => $"{(Storage.IsUsed ? "kept" : "computed")} {_views} views {_lower.Fingerprint} {_images.Identity}";

    private int Channels { get; }

    private int Pixels { get; }

    /// <summary>Runs what is not kept yet through the lower part, where maps are kept.</summary>
    /// <param name="progress">Counts images; null for no progress.</param>
    /// <param name="cancellationToken">Ends the work; what is finished stays in the cache.</param>
    /// <returns>What is wrong with the cache, and what was removed from it.</returns>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="TransferLearningException">An image can no longer be read.</exception>
    public IReadOnlyList<string> Fill(IProgress<ExtractionProgress>? progress, CancellationToken cancellationToken)
    {
        if (!Storage.IsUsed)
        {
            return [];
        }

        var meter = new ExtractionMeter(_images.Count, progress, _time);
        var store = new BottleneckStore(Storage.Cache!, _lower, _time);
        IReadOnlyList<string> warnings;
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
            TrainingLoad.Run(_images.Count, options, i =>
            {
                bool isKept = Fill(store, i, cancellationToken);
                store.EndGroup();
                if (isKept)
                {
                    meter.AddCached(1);
                }
                else
                {
                    meter.Add(1);
                }
            });
        }
        finally
        {
            store.Dispose();
            warnings = [.. store.Warnings, .. CacheEviction.Apply(Storage.Cache!, store)];
        }

        // Opened anew, for a store does not find what it has added itself.
        _store = new BottleneckStore(Storage.Cache!, _lower, _time);
        return warnings;
    }

    public void Load(ReadOnlySpan<int> images, int? epoch, Memory<float> target, CancellationToken cancellationToken)
    {
        int[] numbers = images.ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        TrainingLoad.Run(
            numbers.Length,
            options,
            i => Load(numbers[i], epoch, target.Slice(i * Length, Length), cancellationToken));
    }

    public void Dispose()
    {
        foreach (NetworkWorker worker in _workers)
        {
            worker.Dispose();
        }

        _network.Dispose();
        _store?.Dispose();
    }

    private void Load(int image, int? epoch, Memory<float> map, CancellationToken cancellationToken)
    {
        if (!Storage.IsUsed)
        {
            Compute(image, [ViewNumber.Fresh(_images.Augmentation, epoch)], map, cancellationToken);
            return;
        }

        int view = ViewNumber.Fixed(image, epoch, _views);
        if (_keys[image] is { } key && _store?.TryRead(CacheKey.OfView(key, _images.Augmentation, view), map.Span) == true)
        {
            return;
        }

        // The record is damaged, was removed, or could not be written. What is computed is rounded as what is kept.
        Compute(image, [view], map, cancellationToken);
        BoundaryStorage.Round(map.Span);
    }

    /// <summary>Computes the views of an image that are not kept yet. Returns whether all were.</summary>
    private bool Fill(BottleneckStore store, int image, CancellationToken cancellationToken)
    {
        float[] map = new float[Length];
        LabeledImage source = _images.Image(image);
        foreach (ContentKey candidate in CacheKey.AllOf(_images.Content(image), source.Formats))
        {
            if (store.TryRead(candidate, map))
            {
                _keys[image] = candidate;
                break;
            }
        }

        bool isImageKept = _keys[image] is not null;
        ContentKey key = _keys[image] ??= KeyOf(image);
        long[] missing =
        [
            .. Enumerable.Range(0, _views + 1)
                .Where(v => !(v == 0 && isImageKept) && !store.TryRead(CacheKey.OfView(key, _images.Augmentation, v), map))
                .Select(v => (long)v),
        ];
        if (missing.Length == 0)
        {
            return true;
        }

        float[] computed = new float[missing.Length * Length];
        Compute(image, missing, computed, cancellationToken);
        for (int i = 0; i < missing.Length; i++)
        {
            Span<float> values = computed.AsSpan(i * Length, Length);
            if (BoundaryStorage.CanRound(values))
            {
                store.Add(CacheKey.OfView(key, _images.Augmentation, (int)missing[i]), values);
            }
        }

        return false;
    }

    private ContentKey KeyOf(int image)
    {
        LabeledImage source = _images.Image(image);
        byte[] content = source.ReadBytes();
        bool isReduced = source.Formats.IsReduced(content, source.Limits, _lower.Preprocessing.MinSourceSide);
        return CacheKey.Of(_images.Content(image), source.Formats.FindForeign(content), isReduced);
    }

    /// <summary>[views, height, width, channels].</summary>
    private void Compute(int image, long[] views, Memory<float> maps, CancellationToken cancellationToken)
    {
        float[] pixels = new float[views.Length * _images.Length], planes = new float[views.Length * Length];
        _images.Read(image, views, pixels, cancellationToken);
        if (!_workers.TryTake(out NetworkWorker? worker))
        {
            worker = _network.CreateWorker();
        }

        worker.Run(pixels, views.Length, planes);
        _workers.Add(worker);
        Span<float> target = maps.Span;
        for (int v = 0; v < views.Length; v++)
        {
            ReadOnlySpan<float> source = planes.AsSpan(v * Length, Length);
            for (int c = 0; c < Channels; c++)
            {
                for (int p = 0; p < Pixels; p++)
                {
                    target[(v * Length) + (p * Channels) + c] = source[(c * Pixels) + p];
                }
            }
        }
    }
}
