namespace TransferLearning.Architecture.Tests;

/// <summary>Finds the sources that the tests look at.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> SourcesOf(string project) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(path => !IsBuildOutput(path))
            .Order(StringComparer.Ordinal);

    public static bool IsBuildOutput(string path)
    {
        string[] folders = Path.GetRelativePath(Root, path).Split('/', '\\');
        return folders.Contains("obj") || folders.Contains("bin");
    }

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
