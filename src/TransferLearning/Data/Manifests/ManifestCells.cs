namespace TransferLearning.Data.Manifests;

/// <summary>The cells of a row, or of several rows that differ in their paths only. Immutable.</summary>
/// <param name="names">The names of the columns.</param>
/// <param name="cells">The cells; null for one that the path of the image ends with.</param>
internal sealed class ManifestCells(string[] names, string?[] cells)
{
    public string[] Names => names;

    public int Count => cells.Length;

    public string? this[int column] => cells[column];
}
