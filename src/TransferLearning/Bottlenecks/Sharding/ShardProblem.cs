namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>Why a shard must run again although it was complete. Immutable.</summary>
/// <param name="Shard">The number of the shard.</param>
/// <param name="Description">The file, and what is wrong with it.</param>
internal sealed record ShardProblem(int Shard, string Description);
