using TransferLearning.Models;

namespace TransferLearning.Hosting;

/// <summary>
/// How a model is loaded and served. Options, by the model's name; they are validated when the host starts, and read once.
/// </summary>
/// <remarks>
/// Not thread-safe while it is changed. A configuration section has the same names: <c>File</c>, <c>Threads</c>, <c>MaxQueued</c>,
/// <c>WarmUp</c>, <c>Batching:MaxImages</c>, <c>Batching:MaxWait</c>, <c>Reload:PollInterval</c>, <c>Reload:SettleTime</c>,
/// <c>Limits:MaxBytes</c>, <c>Limits:MaxPixels</c> and <c>Limits:MaxMemory</c>. Durations are written as <c>00:00:00.002</c>;
/// <c>Reload</c> or <c>Batching</c> can be <c>false</c> or <c>true</c> (with the defaults).
/// </remarks>
public sealed class TransferModelOptions
{
    /// <summary>The name of the model that is added without one.</summary>
    public const string DefaultName = "default";

    /// <summary>The model file; a relative path is based on the current directory. Required.</summary>
    public string File { get; set; } = "";

    /// <summary>
    /// The number of predictions that are computed at a time, 0..1024; 0 is one per processor, and more than that are not used. Default: 0.
    /// </summary>
    public int Threads { get; set; }

    /// <summary>
    /// The most images that wait to be computed, 1..1,000,000; a further one is refused with <see cref="ModelQueueFullException"/>. It
    /// bounds the memory and the time that a request waits. Default: 1000.
    /// </summary>
    public int MaxQueued { get; set; } = 1000;

    /// <summary>Gathers concurrent requests into one run of the network. Default: null, each image runs alone.</summary>
    public ModelBatching? Batching { get; set; }

    /// <summary>Reloads the model when its file changes; null never does. Default: a new <see cref="ModelReload"/>.</summary>
    public ModelReload? Reload { get; set; } = new();

    /// <summary>Whether a model runs once before its first request, at the start and at a reload. Default: true.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>
    /// The image formats and limits. Default: the built-in formats, and <see cref="Imaging.ImageLimits.Untrusted"/>, 64 MiB and
    /// 134,217,728 pixels.
    /// </summary>
    public ModelLoadOptions Load { get; set; } = new();

    /// <summary>What is wrong with the settings of a configuration section: reported with the other problems of the options.</summary>
    internal List<string> UnreadableSettings { get; } = [];
}
