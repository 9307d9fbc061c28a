namespace TransferLearning.Data;

/// <summary>Images of a data set that are the same, or nearly. Immutable.</summary>
public sealed record DuplicateImages
{
    /// <summary>How alike they are. Where some are exact copies and others only look alike: <see cref="DuplicateKind.Near"/>.</summary>
    public required DuplicateKind Kind { get; init; }

    /// <summary>The images, at least two, in the data set's order; each is like one of the others, not necessarily like all.</summary>
    public required IReadOnlyList<LabeledImage> Images { get; init; }

    /// <summary>True where one is learned from and another judges: it then judges what was learned by heart.</summary>
    public required bool IsLeak { get; init; }

    /// <summary>True where the images do not all have the same label: at least one of the labels must be wrong, or the classes
    /// overlap.</summary>
    public bool HasLabelConflict => Images.Select(i => i.Label).OfType<string>().Distinct().Count() > 1;
}
