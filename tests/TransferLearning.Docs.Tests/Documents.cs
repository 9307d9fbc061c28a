namespace TransferLearning.Docs.Tests;

/// <summary>The repository's Markdown files for users.</summary>
internal static class Documents
{
    public static string Root { get; } = FindRoot();

    /// <summary>README.md and all documents in docs, as paths relative to the repository.</summary>
    public static IEnumerable<string> All =>
        Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Append(Path.Combine(Root, "README.md"))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
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
