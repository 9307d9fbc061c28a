using TransferLearning.Bottlenecks.Sharding;

namespace TransferLearning.Bottlenecks;

/// <summary>The shards of one extraction that are not merged yet. Immutable.</summary>
/// <remarks>Thread-safe. It describes the folder as it was when it was listed.</remarks>
public sealed record BottleneckCacheShards
{
    /// <summary>The full path of the folder that has their parts.</summary>
    public required string Path { get; init; }

    /// <summary>The name of the backbone.</summary>
    public required string Backbone { get; init; }

    /// <summary>The number of shards.</summary>
    public required int Count { get; init; }

    /// <summary>The number of images of all shards, with those that cannot be used.</summary>
    public required int Images { get; init; }

    /// <summary>The numbers of the shards that are not complete, ascending.</summary>
    public required IReadOnlyList<int> Missing { get; init; }

    /// <summary>The same as a scheduler takes it, such as <c>3,17-19</c>; empty where all shards are complete.</summary>
    public string MissingExpression => ArrayExpression.Of(Missing);

    /// <summary>The number of images that the complete shards have left out because they cannot be used.</summary>
    public required int Skipped { get; init; }

    /// <summary>The bytes of all files in the folder.</summary>
    public required long Bytes { get; init; }
}
