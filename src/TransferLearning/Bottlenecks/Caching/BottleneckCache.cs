namespace TransferLearning.Bottlenecks;

/// <summary>
/// A folder that keeps extracted bottlenecks, a file for each pair of backbone and preprocessing, so that an image is run through a network
/// only once. Several processes may use a folder at a time. Immutable; thread-safe.
/// </summary>
public sealed partial class BottleneckCache
{
    /// <summary>Names a cache folder; it is created when something is first stored in it.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">How features are stored; null for the defaults.</param>
    public BottleneckCache(string directory, BottleneckCacheOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        (Directory, Options) = (Path.GetFullPath(directory), options ?? new BottleneckCacheOptions());
    }

    /// <summary>The folder used unless another is given: <c>transferlearning</c> in the user's cache folder of the platform.</summary>
    /// <remarks>
    /// Linux: <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>; macOS: <c>~/Library/Caches</c>; Windows: <c>%LocalAppData%</c>.
    /// </remarks>
    public static string DefaultDirectory => Path.Combine(UserCacheDirectory(), "transferlearning");

    /// <summary>The folder's full path.</summary>
    public string Directory { get; }

    /// <summary>How features are stored.</summary>
    public BottleneckCacheOptions Options { get; }

    private static string UserCacheDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(home, "Library", "Caches");
        }

        // The XDG base directory specification: a relative path in the variable is to be ignored.
        string? folder = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return Path.IsPathRooted(folder) ? folder : Path.Combine(home, ".cache");
    }
}
