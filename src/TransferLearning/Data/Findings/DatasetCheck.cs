namespace TransferLearning.Data;

/// <summary>What is wrong or odd about a data set, found by reading every image. Immutable.</summary>
public sealed record DatasetCheck
{
    /// <summary>The number of images, readable or not.</summary>
    public required int Images { get; init; }

    /// <summary>The images that cannot be read or decoded; training leaves them out.</summary>
    public required IReadOnlyList<UnreadableImage> Unreadable { get; init; }

    /// <summary>The images that are the same or nearly, exact copies first.</summary>
    public required IReadOnlyList<DuplicateImages> Duplicates { get; init; }

    /// <summary>Those of the duplicates that stand on both sides of the data set's division.</summary>
    public IReadOnlyList<DuplicateImages> Leaks => [.. Duplicates.Where(d => d.IsLeak)];

    /// <summary>Those of the duplicates that have different labels.</summary>
    public IReadOnlyList<DuplicateImages> LabelConflicts => [.. Duplicates.Where(d => d.HasLabelConflict)];

    /// <summary>
    /// The groups with images on both sides of the data set's own division, in ordinal order: what images of a group share, such as one
    /// person's hand, judges what was learned from it.
    /// </summary>
    public required IReadOnlyList<DividedGroup> DividedGroups { get; init; }

    /// <summary>The classes, in ordinal order, with their numbers of readable images.</summary>
    public required IReadOnlyList<ClassCount> Classes { get; init; }

    /// <summary>The number of readable images without a label.</summary>
    public required int Unlabeled { get; init; }

    /// <summary>
    /// How many times as many readable images the largest class has as the smallest; 1 where all are equal, infinite where one has none.
    /// </summary>
    public double Imbalance => Classes.Count == 0 ? 1 : (double)Classes.Max(c => c.Images) / Classes.Min(c => c.Images);

    /// <summary>What was left out or looked odd while the data set was listed, such as stray files.</summary>
    public required IReadOnlyList<DatasetFinding> Findings { get; init; }
}
