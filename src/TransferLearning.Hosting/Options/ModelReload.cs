namespace TransferLearning.Hosting;

/// <summary>How a model is reloaded when its file changes. Options; set them before the host starts.</summary>
/// <remarks>
/// Not thread-safe while it is changed. The new model is loaded and warmed up beside the old one, which predicts meanwhile and is disposed
/// of when its last prediction ends. A file that cannot be loaded changes nothing: the old model stays, a warning says what is wrong, and
/// the file is tried again. Replace a file by moving the new one over it, so that it is never incomplete.
/// </remarks>
public sealed class ModelReload
{
    /// <summary>
    /// How often size and time of the file are looked at, 10 ms..1 day: the file system's notifications, which are used too, miss changes
    /// on network drives and in mounted volumes. Default: 5 s.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long size and time of a changed file must stay the same before it is loaded, 0..1 min: it may still be written. Default: 0.25 s.
    /// </summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(250);
}
