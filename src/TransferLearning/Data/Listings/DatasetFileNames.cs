using System.Collections.Frozen;

namespace TransferLearning.Data.Listings;

/// <summary>What the names of a data set's files say, apart from those of images, which <see cref="Imaging.ImageFormats"/> knows.</summary>
internal static class DatasetFileNames
{
    private static readonly FrozenSet<string> Manifests =
        new[] { ".csv", ".tsv", ".jsonl", ".ndjson" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Files of these names are no images: they are not opened to look.
    private static readonly FrozenSet<string> NoImages = new[]
    {
        ".txt", ".json", ".xml", ".yaml", ".yml", ".md", ".html", ".htm", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".rtf", ".ini", ".cfg",
        ".py", ".ipynb", ".m", ".cs", ".js", ".sh", ".bat", ".log", ".mat", ".npy", ".npz", ".pkl", ".pickle", ".h5", ".onnx", ".pt",
        ".pth", ".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst", ".mp4", ".mov", ".avi", ".mkv", ".webm", ".mp3",
        ".wav", ".exe", ".dll", ".db", ".sqlite", ".lnk", ".url", ".tmp", ".bak", ".aae", ".xmp", ".thm", ".license",
        ".csv", ".tsv", ".jsonl", ".ndjson",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file is a manifest by its name.</summary>
    public static bool IsManifest(string path) => Manifests.Contains(Path.GetExtension(path));

    /// <summary>Whether a file is a list of images by its name, one per line, as Tiny-ImageNet's <c>val_annotations.txt</c>.</summary>
    public static bool MayBeList(string path) => Path.GetExtension(path).Equals(".txt", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file is of a known kind that is no image.</summary>
    public static bool IsNoImage(string path) => NoImages.Contains(Path.GetExtension(path));

    /// <summary>Files and folders that are no data.</summary>
    public static bool IsIgnored(string name) => SystemFileNames.Contains(name);
}
