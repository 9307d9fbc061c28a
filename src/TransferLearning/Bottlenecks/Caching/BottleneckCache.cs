using TransferLearning.Files;

namespace TransferLearning.Bottlenecks;

/// <summary>
/// A folder that keeps extracted bottlenecks, one file for each pair of backbone and preprocessing, so that an image is run through a
/// network only once. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe, and several processes may use a folder at the same time. It holds no file open, so there is nothing to dispose of. An image
/// takes 4 bytes per feature on the disk, or 2 with <see cref="BottleneckPrecision.Half"/>, and 36 more, and its thumbnail, which
/// all backbones share, 1,188 bytes. Processes that extract the same images at the same time share the work. Nothing in use is removed but
/// by <see cref="Clear"/>, and by <see cref="BottleneckCacheOptions.MaxBytes"/>, which has no limit unless it is set; deleting the files is
/// safe too.
/// </remarks>
/// <example><code>
/// var cache = new BottleneckCache("cache/", new BottleneckCacheOptions { Precision = BottleneckPrecision.Half });
/// FineTuningResult result = TransferPipeline.FineTune("photos/").WithBottleneckCache(cache).Fit();
/// foreach (BottleneckCacheFile file in cache.Verify())
/// {
///     Console.WriteLine($"{file.Backbone}: {file.Images} images, {file.Damaged} damaged, {file.Bytes / 1e6:0.0} MB");
/// }
///
/// Console.WriteLine($"{cache.Clear()} bytes freed");
/// </code></example>
public sealed partial class BottleneckCache
{
    /// <summary>Names a cache folder; it is created when something is first stored in it.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">How features are stored; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The folder's name is empty, the precision is not one of the enumeration, or the largest size is below 1.
    /// </exception>
    public BottleneckCache(string directory, BottleneckCacheOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        (Directory, Options) = (Path.GetFullPath(directory), options ?? new BottleneckCacheOptions());
        if (!Enum.IsDefined(Options.Precision))
        {
            throw new ArgumentException(
                $"{Options.Precision} is not a precision of features: expected {string.Join(" or ", Enum.GetNames<BottleneckPrecision>())}",
                nameof(options));
        }

        if (Options.MaxBytes is < 1)
        {
            throw new ArgumentException(
                $"{nameof(BottleneckCacheOptions)}.{nameof(BottleneckCacheOptions.MaxBytes)} is {Options.MaxBytes}: "
                + "expected at least 1 byte, or null for no limit",
                nameof(options));
        }
    }

    /// <summary>The folder that is used unless another is given: <c>transferlearning</c> in the user's cache folder.</summary>
    /// <remarks>
    /// Linux: <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>; macOS: <c>~/Library/Caches</c>; Windows: <c>%LocalAppData%</c>.
    /// </remarks>
    public static string DefaultDirectory => UserCacheFolder.Path;

    /// <summary>The folder's full path.</summary>
    public string Directory { get; }

    /// <summary>How features are stored.</summary>
    public BottleneckCacheOptions Options { get; }
}
