namespace TransferLearning.Data.Listings;

/// <summary>The files of a folder or archive, in ordinal order of their paths, without hidden ones. Immutable.</summary>
internal sealed class FileListing
{
    public FileListing(
        string root, IEnumerable<ListedFile> files, IReadOnlyList<string> ignored, IReadOnlyList<DatasetFinding>? findings = null)
    {
        (Root, Ignored) = (root, ignored);
        Files = [.. files.OrderBy(f => f.RelativePath, StringComparer.Ordinal)];
        Findings = findings ?? [];
    }

    /// <summary>The folder or archive, as messages name it.</summary>
    public string Root { get; }

    public IReadOnlyList<ListedFile> Files { get; }

    /// <summary>The paths of files and folders that are no data, such as <c>Thumbs.db</c>; nothing in such a folder is listed.</summary>
    public IReadOnlyList<string> Ignored { get; }

    public IReadOnlyList<DatasetFinding> Findings { get; }

    public string DisplayPath(string relativePath) => DisplayPath(Root, relativePath);

    /// <summary>The path by which messages name a file; the text that its source has, where it has one.</summary>
    public string DisplayPath(ListedFile file) => file.Source.Path ?? DisplayPath(file.RelativePath);

    /// <inheritdoc cref="DisplayPath(string)"/>
    public static string DisplayPath(string root, string relativePath) =>
        Path.Combine(root, relativePath.Replace('/', Path.DirectorySeparatorChar));
}
