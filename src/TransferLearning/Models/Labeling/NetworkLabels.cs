using System.Globalization;

namespace TransferLearning.Models.Labeling;

/// <summary>Reads the classes that a network's outputs stand for.</summary>
internal static class NetworkLabels
{
    /// <summary>
    /// One line per output: the class; or, in a .tsv file, columns of which the last is the class and another may be its WordNet id. To a
    /// class that occurs more than once, its id is added in parentheses, or the number of its line, from 0.
    /// </summary>
    /// <exception cref="TransferLearningException">The file cannot be read, or is empty.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        string[] lines = [.. Utf8File.Read(path).Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0)];
        if (lines.Length == 0)
        {
            throw new TransferLearningException($"the labels file '{path}' is empty: expected one line per output of the network");
        }

        bool hasColumns = Path.GetExtension(path).Equals(".tsv", StringComparison.OrdinalIgnoreCase);
        string[][] rows = [.. lines.Select(l => hasColumns ? l.Split('\t') : [l])];
        HashSet<string> repeated = [.. rows.GroupBy(r => r[^1]).Where(g => g.Count() > 1).Select(g => g.Key)];
        return [.. rows.Select((row, i) => repeated.Contains(row[^1]) ? $"{row[^1]} ({Id(row) ?? Number(i)})" : row[^1])];
    }

    private static string Number(int line) => line.ToString(CultureInfo.InvariantCulture);

    private static string? Id(string[] cells) => cells.FirstOrDefault(LabelNames.IsWordNetId);
}
