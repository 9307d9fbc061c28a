namespace TransferLearning.Bottlenecks.Records;

/// <summary>Who writes a file of records.</summary>
internal enum RecordAccess
{
    /// <summary>Any process, each under the lock of the file.</summary>
    Shared,

    /// <summary>Only the process that has made it. There is no lock, which a file system of several machines might not have.</summary>
    Own,
}
