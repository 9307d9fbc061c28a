using TransferLearning.Backbones;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;

namespace TransferLearning.Bottlenecks;

/// <summary>
/// Runs the images of a data set through a backbone: every thread reads, decodes and computes its own images, and what the cache holds
/// is not
/// even read. The result is the same, to the bit, for any number of threads. Immutable; thread-safe.
/// </summary>
public sealed class BottleneckExtractor
{
    /// <summary>An extractor for a backbone.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="cache">Where bottlenecks are kept between runs; null to keep none.</param>
    /// <param name="options">Threads and clock; null for the defaults.</param>
    public BottleneckExtractor(Backbone backbone, BottleneckCache? cache = null, ExtractionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        (Backbone, Cache, Options) = (backbone, cache, options ?? new ExtractionOptions());
    }

    /// <summary>The network.</summary>
    public Backbone Backbone { get; }

    /// <summary>Where bottlenecks are kept; null where they are not.</summary>
    public BottleneckCache? Cache { get; }

    /// <summary>Threads and clock.</summary>
    public ExtractionOptions Options { get; }

    /// <summary>
    /// Extracts the bottlenecks of a data set. An image that cannot be read or decoded is left out and named in the result.
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="progress">Is told of finished images, a few times a second; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work; what is finished stays in the cache.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="TransferLearningException">No image can be used.</exception>
    public Extraction Extract(
        ImageDataset images, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        var meter = new ExtractionMeter(images.Count, progress, Options.Time);
        BottleneckStore? store = Cache is null ? null : new BottleneckStore(Cache, Backbone, Options.Time);
        int threads = Options.Threads > 0 ? Options.Threads : Environment.ProcessorCount;
        var run = new ExtractionRun(images, Backbone, store, threads, meter);

        // Disposing writes what is pending: also what a canceled run has finished goes into the cache.
        using (store)
        {
            run.Extract(cancellationToken);
        }

        return Result(images, run, meter.Seconds, Warnings(store));
    }

    /// <summary>Does the same on other threads than the caller's.</summary>
    /// <inheritdoc cref="Extract"/>
    public Task<Extraction> ExtractAsync(
        ImageDataset images, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Extract(images, progress, cancellationToken), cancellationToken);

    private Extraction Result(ImageDataset images, ExtractionRun run, double seconds, IReadOnlyList<string> warnings)
    {
        int[] kept = [.. Enumerable.Range(0, images.Count).Where(i => run.Problems[i] is null)];
        SkippedImage[] skipped =
            [.. run.Problems.Index().Where(p => p.Item is not null).Select(p => new SkippedImage(images.Images[p.Index].Path, p.Item!))];
        if (kept.Length == 0 && images.Count > 0)
        {
            throw new TransferLearningException(
                $"none of the {images.Count} images of '{images.Name}' can be used; the first, '{skipped[0].Path}': {skipped[0].Reason}");
        }

        var all = new BottleneckMatrix(images.Count, Backbone.FeatureSize, run.Values);
        bool complete = kept.Length == images.Count;
        return new Extraction(complete ? images : images.Select(kept), complete ? all : all.Select(kept))
        {
            Skipped = skipped,
            CacheHits = run.Hits,
            CacheMisses = kept.Length - run.Hits,
            Seconds = seconds,
            Warnings = warnings,
        };
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
