using System.Globalization;
using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>
/// The names of the files in the folder of a division. A shard's number is the first part of each of its
/// names; each attempt at it has record files of its own, marked by a random token, so that two processes never write the same file.
/// </summary>
internal static class PartFiles
{
    /// <summary>The folder of all divisions, in the folder of the cache.</summary>
    public const string FolderName = "shards";

    public const string FeaturesExtension = ".bottlenecks";
    public const string ThumbnailsExtension = ".thumbnails";
    public const string StampsExtension = ".index";
    public const string RecordExtension = ".json";
    public const string DivisionName = "division" + RecordExtension;

    private const string NewExtension = ".new";

    /// <summary>The extensions of the record files.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [StampsExtension, ThumbnailsExtension, FeaturesExtension];

    /// <summary>The name of a record file.</summary>
    public static string NameOf(int shard, string token, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"{shard}.{token}{extension}");

    /// <summary>The name of a completion record.</summary>
    public static string RecordName(int shard) => shard.ToString(CultureInfo.InvariantCulture) + RecordExtension;

    /// <summary>The shard that a file belongs to; null for a file that no shard has written.</summary>
    public static int? ShardOf(string path)
    {
        string[] parts = Path.GetFileName(path).Split('.');
        bool isKnown = parts.Length == 2 ? RecordExtension[1..] == parts[1]
            : parts.Length == 3 && Extensions.Contains("." + parts[2]);
        return isKnown && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int shard) ? shard : null;
    }

    /// <summary>Whether the library has written a file in the folder of a division.</summary>
    public static bool IsOurs(string path) =>
        ShardOf(path) is not null || Path.GetFileName(path) == DivisionName
        || path.EndsWith(NewExtension, StringComparison.Ordinal);

    /// <summary>Writes a file of the division that is not a record file.</summary>
    public static void Write(string path, string text) => UnlockedFile.Write(path, NewExtension, text);
}
