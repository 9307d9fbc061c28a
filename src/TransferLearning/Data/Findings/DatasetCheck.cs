namespace TransferLearning.Data;

/// <summary>
/// What is wrong or odd about a data set, found by reading every image: the result of
/// <see cref="ImageDataset.Check(IProgress{int}?, CancellationToken)"/>. Immutable.
/// </summary>
public sealed record DatasetCheck
{
    /// <summary>The number of images, readable or not.</summary>
    public required int Images { get; init; }

    /// <summary>The images that cannot be read or decoded; training leaves them out.</summary>
    public required IReadOnlyList<UnreadableImage> Unreadable { get; init; }

    /// <summary>The readable images whose files are damaged outside their pixels; training uses them.</summary>
    public required IReadOnlyList<DamagedImage> Damaged { get; init; }

    /// <summary>Groups of images that are the same, or nearly; exact copies first.</summary>
    public required IReadOnlyList<DuplicateImages> Duplicates { get; init; }

    /// <summary>The duplicates with images on both sides of the data set's split.</summary>
    public IReadOnlyList<DuplicateImages> Leaks => [.. Duplicates.Where(d => d.IsLeak)];

    /// <summary>The duplicates with different labels.</summary>
    public IReadOnlyList<DuplicateImages> LabelConflicts => [.. Duplicates.Where(d => d.HasLabelConflict)];

    /// <summary>
    /// The groups with images on both sides of the data set's own split, in ordinal order. What the images of a group have in common, such
    /// as one person's hand, makes the validation figures too good.
    /// </summary>
    public required IReadOnlyList<DividedGroup> DividedGroups { get; init; }

    /// <summary>The classes, in ordinal order, with their numbers of readable images.</summary>
    public required IReadOnlyList<ClassCount> Classes { get; init; }

    /// <summary>The number of readable images without a label.</summary>
    public required int Unlabeled { get; init; }

    /// <summary>
    /// The readable images of the largest class divided by those of the smallest; 1 if all are equal, infinite if one has none.
    /// </summary>
    public double Imbalance => Classes.Count == 0 ? 1 : (double)Classes.Max(c => c.Images) / Classes.Min(c => c.Images);

    /// <summary>What was left out, or is odd, among the listed files, such as stray files.</summary>
    public required IReadOnlyList<DatasetFinding> Findings { get; init; }
}
