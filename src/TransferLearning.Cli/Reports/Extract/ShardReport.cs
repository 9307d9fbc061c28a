using TransferLearning.Cli.Options.Sharding;

namespace TransferLearning.Cli.Reports.Extract;

/// <summary>The shard that <c>extract --shard</c> has computed.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Count">The number of shards.</param>
/// <param name="Variables">The variables of the environment that gave the number; empty where the command line did.</param>
internal sealed record ShardReport(int Index, int Count, IReadOnlyList<string> Variables)
{
    public static ShardReport Of(GivenShard given) => new(given.Shard.Index, given.Shard.Count, given.Source);
}
