using TransferLearning.Bottlenecks;

namespace TransferLearning.Strategies;

/// <summary>Adds up what the extractions of one run did. Not thread-safe.</summary>
internal sealed class ExtractionLog
{
    private readonly List<SkippedImage> _skipped = [];
    private readonly List<string> _warnings = [];

    public double Seconds { get; private set; }

    public int CacheHits { get; private set; }

    public int CacheMisses { get; private set; }

    public IReadOnlyList<SkippedImage> Skipped => _skipped;

    public IReadOnlyList<string> Warnings => _warnings;

    public void Add(Extraction extraction)
    {
        Seconds += extraction.Seconds;
        CacheHits += extraction.CacheHits;
        CacheMisses += extraction.CacheMisses;
        _skipped.AddRange(extraction.Skipped);
        _warnings.AddRange(extraction.Warnings);
    }

    public void Skip(string path, string reason) => _skipped.Add(new SkippedImage(path, reason));
}
