namespace TransferLearning.Cli.Progress;

/// <summary>The name of a data set in the lines of its progress: the last part of its path.</summary>
internal static class DataName
{
    public static string Of(string data) => Path.GetFileName(Path.TrimEndingDirectorySeparator(data));
}
