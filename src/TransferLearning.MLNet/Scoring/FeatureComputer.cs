using System.Collections.Concurrent;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;
using TransferLearning.Inference;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Scoring;

/// <summary>
/// The features of images, computed once per content: kept in memory, and in the bottleneck cache where there is one. Thread-safe until it
/// is disposed of.
/// </summary>
internal sealed class FeatureComputer : IImageScorer, IDisposable
{
    // What is beyond is in the cache on the disk.
    private const long MaxMemory = 256L << 20;

    private readonly Lazy<BottleneckStore?> _store;
    private readonly PredictionEngine _engine;
    private readonly ConcurrentDictionary<ContentKey, float[]> _features = new();
    private readonly ConcurrentDictionary<FileStamp, ContentKey> _keys = new();
    private readonly Action<string>? _report;
    private readonly int _maxImages;

    /// <param name="backbone">The network.</param>
    /// <param name="cache">Keeps features between runs; null to keep them in memory only.</param>
    /// <param name="report">Receives a sentence for each image that cannot be used; null to report nothing.</param>
    public FeatureComputer(Backbone backbone, BottleneckCache? cache, Action<string>? report)
    {
        (Backbone, _report) = (backbone, report);
        _store = new Lazy<BottleneckStore?>(() => cache is null ? null : new BottleneckStore(cache, backbone, TimeProvider.System));
        _engine = new PredictionEngine(EmbeddedEngine.Instance, backbone.Network, backbone.Preprocessing);
        _maxImages = (int)Math.Max(1, MaxMemory / (sizeof(float) * (long)backbone.FeatureSize));
    }

    /// <summary>The network, with its normalization decided.</summary>
    public Backbone Backbone { get; }

    /// <summary>The computer of a saved state; it keeps nothing on the disk.</summary>
    /// <exception cref="TransferLearningException">The state does not have the network that it says.</exception>
    public static FeatureComputer Of(SavedState state)
    {
        var backbone = Backbone.ReadStored(state.File);
        return backbone.FeatureSize == state.Count
            ? new FeatureComputer(backbone, cache: null, report: null)
            : throw new TransferLearningException(
                $"the network in the ML.NET model is damaged: it has {backbone.FeatureSize} features, but {state.Count} slots");
    }

    /// <summary>Keeps the features of an extraction in memory.</summary>
    public void Remember(Extraction extraction)
    {
        foreach ((int row, LabeledImage image) in extraction.Images.Images.Index())
        {
            FileStamp? stamp = image.Stamp();
            if (image.KnownKey(stamp) is { } key)
            {
                Keep(stamp, key, extraction.Bottlenecks.Row(row).ToArray());
            }
        }
    }

    public ImageScores Score(LabeledImage image)
    {
        try
        {
            FileStamp? stamp = image.Stamp();
            if (stamp is { } file && (KnownKey(file) ?? _store.Value?.FindKey(file)) is { } known && Find(known) is { } found)
            {
                return new ImageScores(found, ImageScores.Missing);
            }

            byte[] content = image.ReadBytes();
            bool isReduced = image.Formats.IsReduced(content, image.Limits, Backbone.Preprocessing.MinSourceSide);
            ContentKey key = CacheKey.Of(ContentKey.Of(content), image.Formats.FindForeign(content), isReduced);
            float[] features = Find(key) ?? Compute(key, image, content);
            Keep(stamp, key, features);
            return new ImageScores(features, ImageScores.Missing);
        }
        catch (Exception e) when (e is not ObjectDisposedException)
        {
            _report?.Invoke($"{image.Path} gets no features: {ImageProblem.Describe(e)}");
            return ImageScores.None(Backbone.FeatureSize);
        }
    }

    public void Dispose()
    {
        _engine.Dispose();
        if (_store.IsValueCreated)
        {
            _store.Value?.Dispose();
        }
    }

    private ContentKey? KnownKey(FileStamp stamp) => _keys.TryGetValue(stamp, out ContentKey key) ? key : null;

    private float[]? Find(ContentKey key)
    {
        if (_features.TryGetValue(key, out float[]? known))
        {
            return known;
        }

        float[] features = new float[Backbone.FeatureSize];
        return _store.Value?.TryRead(key, features) == true ? features : null;
    }

    private float[] Compute(ContentKey key, LabeledImage image, byte[] content)
    {
        RgbImage pixels = image.Decode(content, Backbone.Preprocessing.MinSourceSide);
        float[] features = _engine.Predict(pixels);
        if (_store.Value is { } store)
        {
            store.Add(key, features);
            store.Add(key, ImageThumbnail.Of(pixels));

            // At once: ML.NET does not dispose of the transformers of a cross-validation, and the next fold needs these features.
            store.Flush();
        }

        return features;
    }

    private void Keep(FileStamp? stamp, ContentKey key, float[] features)
    {
        if (_features.Count >= _maxImages)
        {
            return;
        }

        _features[key] = features;
        if (stamp is { } file)
        {
            _keys[file] = key;
        }
    }
}
