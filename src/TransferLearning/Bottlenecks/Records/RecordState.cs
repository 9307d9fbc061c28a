namespace TransferLearning.Bottlenecks.Records;

/// <summary>The result of looking up a record.</summary>
internal enum RecordState
{
    Missing,
    Damaged,
    Intact,
}
