using TransferLearning.Bottlenecks;
using TransferLearning.Imaging;

namespace TransferLearning.Cli.Hosting;

/// <summary>The options of the command that set what the library's messages name by its property.</summary>
internal static class OptionNames
{
    public const string MaxPixels = "--max-pixels";

    public const string MaxImageBytes = "--max-image-bytes";

    public const string CacheSize = "--cache-size";

    /// <summary>A message of the library, with the command's options in it.</summary>
    public static string In(string message) => message
        .Replace($"{nameof(ImageLimits)}.{nameof(ImageLimits.MaxPixels)}", MaxPixels, StringComparison.Ordinal)
        .Replace($"{nameof(ImageLimits)}.{nameof(ImageLimits.MaxBytes)}", MaxImageBytes, StringComparison.Ordinal)
        .Replace($"{nameof(BottleneckCacheOptions)}.{nameof(BottleneckCacheOptions.MaxBytes)}", CacheSize, StringComparison.Ordinal);
}
