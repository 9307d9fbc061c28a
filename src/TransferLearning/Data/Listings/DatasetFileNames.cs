namespace TransferLearning.Data.Listings;

/// <summary>What the names of a data set's files say, apart from those of images, which <see cref="Imaging.ImageFormats"/> knows.</summary>
internal static class DatasetFileNames
{
    public static bool IsManifest(string path) =>
        Path.GetExtension(path) is { } extension
        && (extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tsv", StringComparison.OrdinalIgnoreCase));

    /// <summary>Hidden files and folders, and the resource forks that macOS adds to archives.</summary>
    public static bool IsIgnored(string name) => name.StartsWith('.') || name == "__MACOSX";
}
