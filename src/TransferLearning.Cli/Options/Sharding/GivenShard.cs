using TransferLearning.Bottlenecks;

namespace TransferLearning.Cli.Options.Sharding;

/// <summary>The shard that a command line asks for. Immutable.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Source">The variables of the environment that give its number; empty where the command line does.</param>
internal sealed record GivenShard(ExtractionShard Shard, IReadOnlyList<string> Source)
{
    /// <summary>The shard, and what its number was found in.</summary>
    public override string ToString() => Source.Count == 0 ? $"{Shard}" : $"{Shard} ({string.Join(", ", Source)})";
}
