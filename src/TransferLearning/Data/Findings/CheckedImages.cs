namespace TransferLearning.Data.Findings;

/// <summary>The images that a <see cref="DatasetChecker"/> checks. Immutable.</summary>
internal sealed record CheckedImages
{
    public required IReadOnlyList<LabeledImage> Images { get; init; }

    /// <summary>The classes, in ordinal order.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>[images]: indices into <see cref="Labels"/>; -1 for an image without a label.</summary>
    public required IReadOnlyList<int> LabelIndices { get; init; }

    /// <summary>[images]: true for an image of the validation or test part, false for one to train on.</summary>
    public required IReadOnlyList<bool> IsValidation { get; init; }

    /// <summary>[images]: similar images in parts with different numbers are a leak.</summary>
    public required IReadOnlyList<int> Parts { get; init; }

    /// <summary>What was found while the images were listed.</summary>
    public required IReadOnlyList<DatasetFinding> Findings { get; init; }
}
