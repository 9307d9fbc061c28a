using System.Globalization;

namespace TransferLearning.Models.Labeling;

/// <summary>Reads what a network's outputs stand for.</summary>
internal static class NetworkLabels
{
    /// <summary>
    /// A line an output: the class, as it stands; or, in a .tsv file, columns of which the last is the class and another may be its WordNet
    /// id. A class that occurs twice gets its id, or the number of its line from 0, in parentheses.
    /// </summary>
    /// <exception cref="TransferLearningException">The file cannot be read, or is empty.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        string[] lines = [.. LabelMap.ReadText(path).Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0)];
        if (lines.Length == 0)
        {
            throw new TransferLearningException($"the labels file '{path}' is empty: expected a line for each output of the network");
        }

        bool hasColumns = Path.GetExtension(path).Equals(".tsv", StringComparison.OrdinalIgnoreCase);
        string[][] rows = [.. lines.Select(l => hasColumns ? l.Split('\t') : [l])];
        HashSet<string> twice = [.. rows.GroupBy(r => r[^1]).Where(g => g.Count() > 1).Select(g => g.Key)];
        return [.. rows.Select((r, i) => twice.Contains(r[^1]) ? $"{r[^1]} ({Id(r) ?? i.ToString(CultureInfo.InvariantCulture)})" : r[^1])];
    }

    private static string? Id(string[] cells) => cells.FirstOrDefault(LabelNames.IsWordNetId);
}
