using TransferLearning.Data.Layouts;

namespace TransferLearning.Data;

/// <summary>
/// What was understood of a data set's folders and files: how they are laid out, the classes, the division, and what was left out.
/// Immutable.
/// </summary>
/// <remarks>Thread-safe. Describes the data set as it was opened; parts that are selected from it have the layout of the whole.</remarks>
public sealed record DatasetLayout
{
    /// <summary>How the folders and files say what is on the images.</summary>
    public required DatasetLayoutKind Kind { get; init; }

    /// <summary>The folders or manifests that decided, relative to the data set; empty where it is all of it.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The classes, in ordinal order, with their numbers of images.</summary>
    public required IReadOnlyList<DatasetClass> Classes { get; init; }

    /// <summary>The parts that have images, in the order of <see cref="DatasetSubset"/>.</summary>
    public required IReadOnlyList<DatasetPart> Parts { get; init; }

    /// <summary>What was left out, by kind; empty for nothing.</summary>
    public IReadOnlyList<DatasetLeftOut> LeftOut { get; init; } = [];

    /// <summary>What may not be as it was meant, such as classes that are named like parts of a layout; each a sentence.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The layout as text of several lines: kind, classes (the first 20), division, and what was left out.</summary>
    public override string ToString() => LayoutDescription.Of(this);
}
