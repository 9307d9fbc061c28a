using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>How many records of a file are used, and how many are not. Immutable.</summary>
/// <param name="Keys">The number of different keys.</param>
/// <param name="Superseded">The number of records that a later one with the same key takes the place of.</param>
/// <param name="Damaged">Of the records that are not superseded, those whose checksum is wrong; null where that was not checked.</param>
/// <param name="Bytes">The length of the file.</param>
internal readonly record struct RecordCount(int Keys, int Superseded, int? Damaged, long Bytes)
{
    /// <summary>The bytes of records that are superseded or known to be damaged.</summary>
    public long Waste(RecordFormat format) => (long)(Superseded + (Damaged ?? 0)) * format.RecordSize;

    /// <summary>Counts the records of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">The length of the file.</param>
    public static RecordCount Of(RecordFile file, long bytes) =>
        new(file.Count, file.MappedRecords - file.Count, Damaged: null, bytes);

    /// <summary>Counts the records of a file, and verifies the checksums of those that are used.</summary>
    /// <inheritdoc cref="Of"/>
    public static RecordCount Check(RecordFile file, long bytes, CancellationToken cancellationToken)
    {
        int damaged = 0;
        foreach (ContentKey key in file.Keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            damaged += file.IsIntact(key) ? 0 : 1;
        }

        return Of(file, bytes) with { Damaged = damaged };
    }
}
