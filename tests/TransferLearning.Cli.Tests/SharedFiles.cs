namespace TransferLearning.Cli.Tests;

/// <summary>
/// Photos and networks beside the repository, in <c>../shared</c>; tests that need them are skipped where they are absent.
/// </summary>
internal static class SharedFiles
{
    private static readonly string[] Small = ["models", "onnx", "mobilenet_v1_0.25_128.onnx"];

    public static string RepositoryRoot { get; } = FindRoot();

    public static string Require(params string[] parts)
    {
        string path = PathOf(parts);
        Skip.IfNot(Path.Exists(path), $"needs {string.Join('/', parts)} in the folder shared beside the repository");
        return path;
    }

    /// <summary>A network with a twelfth of the built-in one's work: without vector instructions, that is most of a test.</summary>
    public static string SmallNetwork() => Require(Small);

    /// <summary>The option that names the small network; no option where it is absent, and the built-in network serves instead.</summary>
    public static string[] SmallBackbone()
    {
        string network = PathOf(Small);
        return File.Exists(network) ? ["--backbone", network] : [];
    }

    private static string PathOf(params string[] parts) => Path.GetFullPath(Path.Combine([RepositoryRoot, "..", "shared", .. parts]));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TransferLearning.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no folder above '{AppContext.BaseDirectory}' holds TransferLearning.sln");
    }
}
