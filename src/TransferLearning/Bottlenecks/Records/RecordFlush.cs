namespace TransferLearning.Bottlenecks.Records;

/// <summary>What an append met in the file. Immutable.</summary>
/// <param name="Found">The records that other processes had appended since the file was looked at last.</param>
/// <param name="LeftOut">The pending records that were among those in the file, and were not appended again.</param>
internal readonly record struct RecordFlush(int Found, int LeftOut);
