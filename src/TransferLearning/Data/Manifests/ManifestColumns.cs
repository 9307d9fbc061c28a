namespace TransferLearning.Data.Manifests;

/// <summary>The positions of the known columns in a row of a manifest; -1 for a column that is absent. Immutable.</summary>
internal sealed record ManifestColumns(int Path, int Label, int Group, int Subset, string[] Names)
{
    private static readonly string[] PathNames =
        ["path", "file", "filename", "file_name", "filepath", "file_path", "image", "image_path", "imagepath"];

    private static readonly string[] LabelNames = ["label", "class", "category", "target"];
    private static readonly string[] GroupNames = ["group"];
    private static readonly string[] SubsetNames = ["split", "subset"];

    /// <summary>The columns that the first row names, or null if the first row is not a header.</summary>
    public static ManifestColumns? FromHeader(string[] cells)
    {
        int path = Find(cells, PathNames);
        return path < 0 ? null : new(path, Find(cells, LabelNames), Find(cells, GroupNames), Find(cells, SubsetNames), cells);
    }

    /// <summary>The columns of a manifest without a header: path, label, group, split.</summary>
    public static ManifestColumns InOrder(int count) =>
        new(0, count > 1 ? 1 : -1, count > 2 ? 2 : -1, count > 3 ? 3 : -1, []);

    /// <summary>A row's cells by the names of their columns; empty without a header.</summary>
    public Dictionary<string, string> Named(string[] cells) => Names.Zip(cells)
        .DistinctBy(c => c.First, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(c => c.First, c => c.Second, StringComparer.OrdinalIgnoreCase);

    private static int Find(string[] cells, string[] names) =>
        Array.FindIndex(cells, c => names.Contains(c, StringComparer.OrdinalIgnoreCase));
}
