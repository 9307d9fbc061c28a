using BenchmarkDotNet.Attributes;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;

namespace TransferLearning.Benchmarks;

/// <summary>Times extracting the bottlenecks of a folder of photos: computed by the network, and read from the cache.</summary>
public class ExtractionBenchmarks
{
    private readonly string _cache = Path.Combine(Path.GetTempPath(), $"transferlearning-benchmarks-{Environment.ProcessId}");
    private Backbone? _backbone;

    /// <summary>The data set, of 153 photos.</summary>
    private static string Photos => SharedFiles.PathOf("data", "hymenoptera", "val");

    /// <summary>Fills the cache.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _backbone = Backbone.Compact;
        Warm();
    }

    /// <summary>Empties the cache.</summary>
    [GlobalCleanup]
    public void Empty() => Directory.Delete(_cache, recursive: true);

    /// <summary>Every image is read and decoded, and the network computes its bottleneck.</summary>
    [Benchmark(Baseline = true)]
    public int Cold() => new BottleneckExtractor(_backbone!).Extract(ImageDataset.Open(Photos)).Summary.CacheMisses;

    /// <summary>Every bottleneck comes from the cache.</summary>
    [Benchmark]
    public int Warm() =>
        new BottleneckExtractor(_backbone!, new BottleneckCache(_cache)).Extract(ImageDataset.Open(Photos)).Summary.CacheHits;
}
