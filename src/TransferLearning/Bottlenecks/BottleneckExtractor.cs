using System.Security.Cryptography;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Bottlenecks.Sharding;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Bottlenecks;

/// <summary>
/// Computes the bottlenecks of a data set: runs its images through a backbone, except those that the cache holds. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe; nothing to dispose of. The result is the same, to the bit, for any number of threads. Each thread reads, decodes and
/// computes its own images. An unchanged file whose bottleneck is cached costs a look at its length and modification time; a moved or
/// copied one is read once to find it by content. Processes that extract the same images into the same cache at the same time share the
/// work. On many machines, each extracts a shard (<see cref="ExtractionOptions.Shard"/>).
/// </remarks>
/// <example><code>
/// var extractor = new BottleneckExtractor(Backbone.Compact, new BottleneckCache("cache/"));
/// Extraction extraction = extractor.Extract(ImageDataset.Open("photos/"));
/// ExtractionSummary summary = extraction.Summary;
/// Console.WriteLine($"{summary.CacheHits} of {extraction.Images.Count} from the cache, in {summary.Seconds:0.0} s");
/// ReadOnlySpan&lt;float&gt; first = extraction.Bottlenecks.Row(0);
/// Console.WriteLine($"{first.Length} features of {extraction.Images.Images[0].Path}");
/// </code></example>
public sealed class BottleneckExtractor : IExtractor
{
    /// <summary>Makes an extractor for a backbone.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="cache">Keeps bottlenecks between runs; null for no cache.</param>
    /// <param name="options">How bottlenecks are extracted; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The options name a shard, but there is no cache for its part, or the cache has a limit of size, which would remove what other shards
    /// have stored.
    /// </exception>
    public BottleneckExtractor(Backbone backbone, BottleneckCache? cache = null, ExtractionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        (Backbone, Cache, Options) = (backbone, cache, options ?? new ExtractionOptions());
        if (Options.Shard is not null && cache?.Options.MaxBytes is not null)
        {
            throw new ArgumentException(
                $"{nameof(BottleneckCacheOptions)}.{nameof(BottleneckCacheOptions.MaxBytes)} has no use with a shard: leave it out",
                nameof(cache));
        }

        if (Options.Shard is not null && cache is null)
        {
            throw new ArgumentException("a shard needs a cache: its folder receives what is computed", nameof(cache));
        }
    }

    /// <summary>The network.</summary>
    public Backbone Backbone { get; }

    /// <summary>Keeps bottlenecks between runs; null for no cache.</summary>
    public BottleneckCache? Cache { get; }

    /// <summary>How bottlenecks are extracted.</summary>
    public ExtractionOptions Options { get; }

    /// <summary>Extracts the bottlenecks of a data set. Blocks.</summary>
    /// <param name="images">The images; labels are optional.</param>
    /// <param name="progress">Receives the progress, at most ten times per second; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work; what is finished stays in the cache.</param>
    /// <returns>
    /// One bottleneck per image that can be read and decoded; the others are in <see cref="ExtractionSummary.Skipped"/>. With
    /// <see cref="ExtractionOptions.Shard"/>, those of the shard; its completion is then noted in the cache.
    /// </returns>
    /// <remarks>
    /// The result takes 4 bytes per image and feature. The backbone is compiled once per call, unless the cache holds everything. A cache
    /// that cannot be read or written leads to a warning; the result is complete all the same.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="TransferLearningException">
    /// There are images, but none can be read and decoded, unless they are those of a shard;
    /// <see cref="BottleneckCacheOptions.MaxBytes"/> cannot hold a single image; or the part of a shard cannot be written, or does not
    /// agree with that of other shards in the folder.
    /// </exception>
    public Extraction Extract(
        ImageDataset images, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (Options.Shard is { } shard)
        {
            return ExtractShard(images, shard, progress, cancellationToken);
        }

        (ExtractionRun run, int[] kept, ExtractionSummary summary) = Run(images, ImageViews.Itself, progress, cancellationToken);
        RequireUsable(images, kept, summary);
        return ExtractionOf(images, run, kept, summary);
    }

    /// <summary>Asynchronous counterpart of <see cref="Extract"/>; runs on the thread pool.</summary>
    /// <inheritdoc cref="Extract"/>
    public Task<Extraction> ExtractAsync(
        ImageDataset images, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Extract(images, progress, cancellationToken), cancellationToken);

    /// <summary>Extracts the bottlenecks of further views of each image; each image is decoded once for all of them. Blocks.</summary>
    /// <param name="images">The images; labels are optional.</param>
    /// <param name="augmentation">What a view shows.</param>
    /// <param name="views">The number of views per image, at least 1.</param>
    /// <param name="progress">Receives the progress, in images; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work; what is finished stays in the cache.</param>
    /// <remarks>The result takes 4 bytes per image, view and feature. See <see cref="Extract"/> for all else.</remarks>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="TransferLearningException">As <see cref="Extract"/> throws it.</exception>
    internal ViewExtraction ExtractViews(
        ImageDataset images,
        ImageAugmentation augmentation,
        int views,
        IProgress<ExtractionProgress>? progress,
        CancellationToken cancellationToken)
    {
        (ExtractionRun run, int[] kept, ExtractionSummary summary) =
            Run(images, ImageViews.Of(augmentation, views), progress, cancellationToken);
        RequireUsable(images, kept, summary);
        BottleneckMatrix[] matrices = [.. run.Values.Select(v => new BottleneckMatrix(images.Count, Backbone.FeatureSize, v))];
        return new ViewExtraction(kept, kept.Length == images.Count ? matrices : [.. matrices.Select(m => m.Select(kept))], summary);
    }

    private Extraction ExtractShard(
        ImageDataset all, ExtractionShard shard, IProgress<ExtractionProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var division = ShardDivision.Of(
                shard.Count, all.Count, ShardListing.Of(all), BottleneckStore.FormatOf(Cache!, Backbone, Options.Engine));
            var part = ShardPart.Begin(Cache!.Directory, division, shard);
            ImageDataset images = all.Select(shard.Positions(all.Count));
            (ExtractionRun run, int[] kept, ExtractionSummary summary) =
                Run(images, ImageViews.Itself, progress, cancellationToken, part);
            part.Complete(images.Count, summary.CacheMisses, summary.Seconds, summary.Skipped, cancellationToken);
            return ExtractionOf(images, run, kept, summary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"shard {shard} of '{all.Name}' is not complete: {e.Message}", e);
        }
    }

    private Extraction ExtractionOf(ImageDataset images, ExtractionRun run, int[] kept, ExtractionSummary summary)
    {
        var bottlenecks = new BottleneckMatrix(images.Count, Backbone.FeatureSize, run.Values[0]);
        var whole = new Extraction(images, bottlenecks, run.Contents, run.Thumbnails, summary);
        return kept.Length == images.Count ? whole : whole.Select(kept);
    }

    private static void RequireUsable(ImageDataset images, int[] kept, ExtractionSummary summary)
    {
        if (kept.Length == 0 && images.Count > 0)
        {
            SkippedImage first = summary.Skipped[0];
            throw new TransferLearningException(
                $"none of the {images.Count} images of '{images.Name}' can be used; the first, '{first.Path}': {first.Reason}");
        }
    }

    private (ExtractionRun Run, int[] Kept, ExtractionSummary Summary) Run(
        ImageDataset images,
        ImageViews views,
        IProgress<ExtractionProgress>? progress,
        CancellationToken cancellationToken,
        ShardPart? part = null)
    {
        CheckLimit();
        var meter = new ExtractionMeter(images.Count, progress, Options.Time) { Views = views.IsItself ? 0 : views.Count };
        BottleneckStore? store = Cache is null ? null : new BottleneckStore(Cache, Backbone, Options.Time, Options.Engine, part);
        int threads = WorkerThreads.Count(Options.Threads);

        // Only the order of the work depends on it, so that processes begin with different images. The result does not.
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        var run = new ExtractionRun(images, views, Backbone, store, Options.Engine, threads, meter, Options.Time, random);
        IReadOnlyList<string> evictions;
        try
        {
            run.Extract(cancellationToken);
        }
        finally
        {
            // Writes what is pending, so that what a canceled run has finished goes into the cache too.
            store?.Dispose();
            evictions = store is null ? [] : CacheEviction.Apply(Cache!, store);
        }

        int[] kept = [.. Enumerable.Range(0, images.Count).Where(i => run.Problems[i] is null)];
        SkippedImage[] skipped =
            [.. run.Problems.Index().Where(p => p.Item is not null).Select(p => new SkippedImage(images.Images[p.Index].Path, p.Item!))];
        int hits = run.Hits;
        return (run, kept, new ExtractionSummary
        {
            Seconds = meter.Seconds,
            CacheHits = hits,
            CacheMisses = (kept.Length * views.Count) - hits,
            Skipped = skipped,
            Warnings = [.. Warnings(store), .. evictions, .. run.Warning is { } warning ? [warning] : (string[])[]],
        });
    }

    private void CheckLimit()
    {
        if (Cache?.Options.MaxBytes is { } limit && BottleneckStore.MinBytes(Cache, Backbone, Options.Engine) is var least && limit < least)
        {
            throw new TransferLearningException(
                $"{nameof(BottleneckCacheOptions)}.{nameof(BottleneckCacheOptions.MaxBytes)} is {limit} bytes, but the cache of a single "
                + $"image of '{Backbone.Name}' takes {least}: give a larger limit, or none");
        }
    }

    private static IReadOnlyList<string> Warnings(BottleneckStore? store)
    {
        if (store is null)
        {
            return [];
        }

        return store.Damaged == 0
            ? store.Warnings
            : [$"{store.Damaged} damaged records of the cache '{store.Path}' were computed again", .. store.Warnings];
    }
}
