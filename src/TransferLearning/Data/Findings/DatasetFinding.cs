namespace TransferLearning.Data;

/// <summary>Something noticed while a data set was listed that is no error, such as a file that is not part of it. Immutable.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Message">What was noticed and what was done about it.</param>
public sealed record DatasetFinding(string Path, string Message);
