using System.Collections.Immutable;

namespace TransferLearning.Data.Manifests;

/// <summary>Makes the rows of one manifest, and keeps texts and cells that repeat once. Not thread-safe.</summary>
internal sealed class ManifestRows(ManifestColumns columns)
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ManifestCells> _byOnlyCell = new(StringComparer.Ordinal);

    /// <summary>A text; the same object for the same text.</summary>
    public string Shared(string text)
    {
        if (_texts.TryGetValue(text, out string? known))
        {
            return known;
        }

        _texts.Add(text, text);
        return text;
    }

    /// <summary>The cells by the names of their columns; empty without a header.</summary>
    /// <param name="imagePath">The path of the image.</param>
    /// <param name="cells">The row.</param>
    public IReadOnlyDictionary<string, string> Named(string imagePath, string[] cells)
    {
        if (!columns.HasHeader)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        bool isEnd = imagePath.EndsWith(cells[columns.Path], StringComparison.Ordinal);
        int pathLength = isEnd ? cells[columns.Path].Length : 0;
        if (!isEnd || cells.Length != 2)
        {
            string?[] kept = [.. cells.Select((c, i) => isEnd && i == columns.Path ? null : c)];
            return new ManifestRow(new ManifestCells(columns.Names, kept), imagePath, pathLength);
        }

        string only = cells[1 - columns.Path];
        if (!_byOnlyCell.TryGetValue(only, out ManifestCells? shared))
        {
            string?[] others = [null, null];
            others[1 - columns.Path] = Shared(only);
            shared = new ManifestCells(columns.Names, others);
            _byOnlyCell.Add(only, shared);
        }

        return new ManifestRow(shared, imagePath, pathLength);
    }
}
