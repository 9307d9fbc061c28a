namespace TransferLearning.Data.Listings;

/// <summary>Which files of a folder or archive are taken for images, by name: the content decides only when they are decoded.</summary>
internal static class ImageFileNames
{
    public const string Described = ".jpg, .jpeg, .jfif, .png, .bmp or .gif";

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".jfif", ".png", ".bmp", ".gif"];

    public static bool IsImage(string path) => Array.Exists(Extensions, e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    public static bool IsManifest(string path) =>
        Path.GetExtension(path) is { } extension
        && (extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tsv", StringComparison.OrdinalIgnoreCase));

    /// <summary>Hidden files and folders, and the ones that archives made on macOS carry along.</summary>
    public static bool IsIgnored(string name) => name.StartsWith('.') || name == "__MACOSX";
}
