using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Formats;
using TransferLearning.Cli.History;
using TransferLearning.Inference;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Options;

/// <summary>The values of the common options.</summary>
internal sealed record CommonSettings
{
    /// <summary>The cache to use; null for none.</summary>
    public BottleneckCache? Cache { get; init; }

    /// <summary>Where the run is recorded; null for nowhere.</summary>
    public RunHistory? History { get; init; }

    /// <summary>What divisions do with near-copies.</summary>
    public NearCopyHandling NearCopies { get; init; }

    /// <summary>Null where none was given.</summary>
    public int? GivenSeed { get; init; }

    public int Seed => GivenSeed ?? 0;

    /// <summary>0 for one thread per processor.</summary>
    public int Threads { get; init; }

    /// <summary>What runs networks.</summary>
    public required INetworkEngine Engine { get; init; }

    public bool IsQuiet { get; init; }

    public OutputFile? Json { get; init; }

    /// <summary>Opens the data sets of the run.</summary>
    public required OpenedData Data { get; init; }

    /// <summary>How a model is loaded that predicts the data.</summary>
    public ModelLoadOptions ModelOptions => new() { Formats = CommandFormats.All, Limits = Data.Limits, Engine = Engine };

    /// <summary>How images run through a network.</summary>
    public ExtractionOptions Extraction(TimeProvider time) => new() { Threads = Threads, Engine = Engine, Time = time };

    /// <summary>A copy of the pipeline with the common options applied.</summary>
    public TransferPipeline<T> Apply<T>(TransferPipeline<T> pipeline, TimeProvider time)
    {
        // Only where one was given: ML.NET's trainer refuses a seed, and the softmax trainer has a default one.
        pipeline = GivenSeed is { } seed ? pipeline.WithSeed(seed) : pipeline;
        pipeline = pipeline.WithThreads(Threads).WithEngine(Engine).WithNearCopies(NearCopies).WithTimeProvider(time)
            .WithImageFormats(CommandFormats.All);
        return Cache is { } cache ? pipeline.WithBottleneckCache(cache) : pipeline.WithoutBottleneckCache();
    }
}
