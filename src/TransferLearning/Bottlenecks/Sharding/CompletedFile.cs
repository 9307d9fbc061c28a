namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>A record file of a shard as it was when the shard was completed. Immutable.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Records">The number of complete records.</param>
/// <param name="Damaged">Those of them whose checksum was wrong; the shard has computed them again.</param>
internal sealed record CompletedFile(string Name, int Records, int Damaged);
