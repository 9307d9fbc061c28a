namespace TransferLearning.Data;

/// <summary>The files of one kind that were left out of a data set. Immutable.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">The number of files; of <see cref="DatasetFindingKind.SystemFile"/>, of files and folders.</param>
/// <param name="FirstPath">The first of them.</param>
public sealed record DatasetLeftOut(DatasetFindingKind Kind, int Count, string FirstPath);
