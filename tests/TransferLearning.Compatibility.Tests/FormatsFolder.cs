using TransferLearning.Backbones;
using TransferLearning.Data;

namespace TransferLearning.Compatibility.Tests;

/// <summary>
/// The folder Formats in the sources: a folder <c>model-N</c> or <c>cache-N</c> for each version of a format, and the images and the
/// network that all of its files were made with. Formats/README.md describes it.
/// </summary>
internal static class FormatsFolder
{
    private const string ModelPrefix = "model-";
    private const string CachePrefix = "cache-";

    // Two images per class, among them PNG files, keep the expected values small.
    private static readonly string[] ProbeNames = ["-0001.", "-0003."];

    public static string Root { get; } = Path.Combine(RepositoryRoot(), "tests", "TransferLearning.Compatibility.Tests", "Formats");

    /// <summary>Whether the tests are to write the files that are missing.</summary>
    public static bool IsToBeUpdated => Environment.GetEnvironmentVariable("UPDATE_FORMATS") == "1";

    /// <summary>A network of random weights with features and a classifier.</summary>
    public static string Network => Path.Combine(Root, "tiny.onnx");

    /// <summary>The classes of the network's own classifier, one per line.</summary>
    public static string NetworkLabels => Path.Combine(Root, "tiny.txt");

    public static Backbone Backbone { get; } = Backbone.FromFile(Network);

    /// <summary>Six classes of eight images.</summary>
    public static ImageDataset Images { get; } = ImageDataset.FromFolder(Path.Combine(Root, "images"));

    /// <summary>The images whose predictions and features are on file.</summary>
    public static ImageDataset Probes { get; } =
        Images.Select([.. Enumerable.Range(0, Images.Count).Where(i => ProbeNames.Any(NameOf(Images.Images[i]).Contains))]);

    /// <summary>The model files, of the earliest version first.</summary>
    public static IEnumerable<string> ModelFiles => FilesIn(ModelPrefix, "*.onnx");

    /// <summary>The folders of bottleneck caches, of the earliest version first.</summary>
    public static IEnumerable<string> CacheFolders => Folders(CachePrefix);

    public static string ModelFolder(int version) => Path.Combine(Root, $"{ModelPrefix}{version}");

    public static string CacheFolder(int version) => Path.Combine(Root, $"{CachePrefix}{version}");

    /// <summary>The version that a folder is named after.</summary>
    public static int VersionOf(string folder) => int.Parse(Path.GetFileName(folder).Split('-')[1]);

    /// <summary>What the files of expected values call an image.</summary>
    public static string NameOf(LabeledImage image) => Path.GetFileName(image.Path);

    private static IEnumerable<string> FilesIn(string prefix, string pattern) =>
        Folders(prefix).SelectMany(folder => Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Folders(string prefix) => Directory.EnumerateDirectories(Root, prefix + "*").OrderBy(VersionOf);

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TransferLearning.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no folder above '{AppContext.BaseDirectory}' holds TransferLearning.sln");
    }
}
