namespace TransferLearning.Reports.Html;

/// <summary>The name of a data set in a report: the last part of its path.</summary>
internal static class DataName
{
    public static string Of(string data)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(data));
        return name is "" or "." or ".." ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data))) : name;
    }
}
