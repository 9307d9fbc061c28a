namespace TransferLearning.Bottlenecks.Caching;

/// <summary>What became of looking a record up.</summary>
internal enum RecordState
{
    Missing,
    Damaged,
    Intact,
}
