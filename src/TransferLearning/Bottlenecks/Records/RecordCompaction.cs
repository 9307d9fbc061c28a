namespace TransferLearning.Bottlenecks.Records;

/// <summary>What a <see cref="RecordCompactor"/> has removed from a file. Immutable.</summary>
/// <param name="Superseded">The records that a later one with the same key takes the place of.</param>
/// <param name="Damaged">The other records whose checksum was wrong.</param>
/// <param name="Dropped">The records that the caller did not keep.</param>
/// <param name="FreedBytes">The bytes by which the file is shorter.</param>
internal readonly record struct RecordCompaction(int Superseded, int Damaged, int Dropped, long FreedBytes);
