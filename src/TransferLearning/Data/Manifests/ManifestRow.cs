using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TransferLearning.Data.Manifests;

/// <summary>
/// The cells of a row by the names of their columns, without regard to letter case; of columns with the same name, the first. A manifest
/// may have millions of rows: the cell of the path, which is the end of the image's path nearly always, is not kept a second time, and rows
/// that have the same other cells share them. Immutable.
/// </summary>
/// <param name="cells">The cells, but for that of the path.</param>
/// <param name="imagePath">The path of the image.</param>
/// <param name="pathLength">The length of the path's cell, which is the end of the image's path.</param>
internal sealed class ManifestRow(ManifestCells cells, string imagePath, int pathLength) : IReadOnlyDictionary<string, string>
{
    public int Count => Pairs().Count();

    public IEnumerable<string> Keys => Pairs().Select(p => p.Key);

    public IEnumerable<string> Values => Pairs().Select(p => p.Value);

    public string this[string key] => TryGetValue(key, out string? value)
        ? value
        : throw new KeyNotFoundException($"there is no column '{key}'");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        int column = Array.FindIndex(cells.Names, n => n.Equals(key, StringComparison.OrdinalIgnoreCase));
        value = column >= 0 && column < cells.Count ? Cell(column) : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Pairs().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<KeyValuePair<string, string>> Pairs() => Enumerable.Range(0, Math.Min(cells.Names.Length, cells.Count))
        .DistinctBy(i => cells.Names[i], StringComparer.OrdinalIgnoreCase)
        .Select(i => KeyValuePair.Create(cells.Names[i], Cell(i)));

    private string Cell(int column) => cells[column] ?? imagePath[^pathLength..];
}
