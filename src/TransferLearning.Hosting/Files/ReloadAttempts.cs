namespace TransferLearning.Hosting.Files;

/// <summary>
/// Which content of a file could not be loaded, and when it is tried again: at once where the file has changed, and ever more rarely where
/// it has not. Not thread-safe.
/// </summary>
internal sealed class ReloadAttempts(TimeSpan interval, TimeProvider time)
{
    private static readonly TimeSpan MaxInterval = TimeSpan.FromMinutes(1);

    private FileStamp? _stamp;
    private string? _reason;
    private TimeSpan _wait;
    private long _failed;

    /// <summary>Whether a content is to be loaded.</summary>
    public bool IsDue(FileStamp? stamp) => _reason is null || stamp != _stamp || time.GetElapsedTime(_failed) >= _wait;

    /// <summary>Remembers that a content could not be loaded.</summary>
    /// <returns>Whether the content or the reason is another than before.</returns>
    public bool Failed(FileStamp? stamp, string reason)
    {
        bool isNew = stamp != _stamp || reason != _reason;
        TimeSpan longer = _wait * 2 < MaxInterval ? _wait * 2 : MaxInterval;
        _wait = isNew || longer < interval ? interval : longer;
        (_stamp, _reason, _failed) = (stamp, reason, time.GetTimestamp());
        return isNew;
    }

    public void Clear() => (_stamp, _reason, _wait) = (null, null, TimeSpan.Zero);
}
