namespace TransferLearning.Data;

/// <summary>A part of a data set as its folders or manifests divide it. Immutable.</summary>
/// <param name="Subset">What the part is for; <see cref="DatasetSubset.Unspecified"/> for images that no part has.</param>
/// <param name="Images">The number of images.</param>
/// <param name="Labeled">The number of images with a label.</param>
public sealed record DatasetPart(DatasetSubset Subset, int Images, int Labeled);
