namespace TransferLearning.Data;

/// <summary>A class of a data set. Immutable.</summary>
/// <param name="Name">The name.</param>
/// <param name="Images">The number of images, in all parts together.</param>
public sealed record DatasetClass(string Name, int Images);
