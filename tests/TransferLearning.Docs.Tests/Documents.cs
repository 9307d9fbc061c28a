namespace TransferLearning.Docs.Tests;

/// <summary>The repository's Markdown files for users.</summary>
internal static class Documents
{
    public static string Root { get; } = FindRoot();

    /// <summary>README.md, all documents in docs, and the packages' own pages, as paths relative to the repository.</summary>
    public static IEnumerable<string> All =>
        Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Append(Path.Combine(Root, "README.md"))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Concat(OfPackages)
            .Order(StringComparer.Ordinal);

    /// <summary>The page of each package, which lies beside its project.</summary>
    public static IEnumerable<string> OfPackages =>
        Directory.GetDirectories(Path.Combine(Root, "src"))
            .Select(folder => $"src/{Path.GetFileName(folder)}/README.md")
            .Where(page => File.Exists(Path.Combine(Root, page)))
            .Order(StringComparer.Ordinal);

    public static string Read(string document) => File.ReadAllText(Path.Combine(Root, document)).ReplaceLineEndings("\n");

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
