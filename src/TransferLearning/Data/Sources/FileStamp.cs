namespace TransferLearning.Data.Sources;

/// <summary>
/// What tells, without reading it, that a file is still the one seen before: its full path, length in bytes and time of last change
/// (ticks, UTC). For an entry of an archive, the path holds both names and the time is the archive's. Immutable.
/// </summary>
internal readonly record struct FileStamp(string Path, long Length, long ModifiedTicks);
