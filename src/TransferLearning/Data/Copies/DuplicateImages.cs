namespace TransferLearning.Data;

/// <summary>Images of a data set that are the same, or nearly. Immutable.</summary>
public sealed record DuplicateImages
{
    /// <summary>How similar they are: <see cref="DuplicateKind.Near"/> if only some of them are exact copies.</summary>
    public required DuplicateKind Kind { get; init; }

    /// <summary>
    /// What makes the near-copies different from each other, each change once; empty for pictures that were only saved again, resized or
    /// brightened.
    /// </summary>
    public IReadOnlyList<CopyChange> Changes { get; init; } = [];

    /// <summary>The images, at least two, in the data set's order. Each is similar to one of the others, not necessarily to all.</summary>
    public required IReadOnlyList<LabeledImage> Images { get; init; }

    /// <summary>True if they are on both sides of a split: validation then measures memory, not generalization.</summary>
    public required bool IsLeak { get; init; }

    /// <summary>True if they have different labels: at least one of the labels is wrong, or the classes overlap.</summary>
    public bool HasLabelConflict => Images.Select(i => i.Label).OfType<string>().Distinct().Count() > 1;
}
