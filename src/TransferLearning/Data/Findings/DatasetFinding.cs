namespace TransferLearning.Data;

/// <summary>Something about the files of a data set that is not an error, such as a file that is not part of it. Immutable.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Message">What was found, and what was done about it.</param>
public sealed record DatasetFinding(string Path, string Message)
{
    /// <summary>The kind. Default: <see cref="DatasetFindingKind.NotAnImage"/>.</summary>
    public DatasetFindingKind Kind { get; init; }
}
