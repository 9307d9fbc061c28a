namespace TransferLearning.Data.Layouts;

/// <summary>What the folders of a data set say. Immutable.</summary>
/// <param name="Kind">The kind of layout.</param>
/// <param name="Parts">The folders that the images are taken from; images elsewhere are left out.</param>
internal sealed record FolderReading(DatasetLayoutKind Kind, IReadOnlyList<FolderPart> Parts)
{
    /// <summary>The second reading that is possible, and what chooses each; null where there is one reading only.</summary>
    public string? Ambiguity { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Folders that repeat the class folders beside them.</summary>
    public IReadOnlyList<FolderNode> Repeated { get; init; } = [];

    public bool HasLabels => Parts.Any(p => p.Label is not null);

    /// <summary>The folders of the division.</summary>
    public IEnumerable<FolderNode> Division => Parts.Select(p => p.Outer).OfType<FolderNode>().Distinct();
}
