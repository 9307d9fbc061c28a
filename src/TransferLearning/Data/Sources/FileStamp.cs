namespace TransferLearning.Data.Sources;

/// <summary>
/// Tells, without reading a file, that it is the same as before: its full path, length in bytes and time of last change (ticks, UTC). For
/// an entry of an archive, the path holds both names, and the time is the archive's. Immutable.
/// </summary>
internal readonly record struct FileStamp(string Path, long Length, long ModifiedTicks);
