using System.Globalization;

namespace TransferLearning.Models.Labeling;

/// <summary>Finds the classes that a network's outputs stand for.</summary>
internal static class NetworkLabels
{
    /// <summary>The classes of a network, one per output.</summary>
    /// <param name="network">What messages call the network.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="labelsPath">The file that names them (see <see cref="Read"/>); null where there is none.</param>
    /// <returns>The classes; and what the user should know of how they were found, null for nothing.</returns>
    /// <exception cref="TransferLearningException">The file cannot be read or does not fit, or there is none and it is needed.</exception>
    public static (IReadOnlyList<string> Labels, string? Note) Of(string network, int outputs, string? labelsPath)
    {
        IReadOnlyList<string> labels = labelsPath is not null ? Read(labelsPath)
            : outputs is ImageNetLabels.Count or ImageNetLabels.Count + 1 ? ImageNetLabels.Read()
            : throw new TransferLearningException(
                $"the network '{network}' has {outputs} outputs and no labels: give a file with one line per output");
        bool lacksBackground = outputs == ImageNetLabels.Count + 1 && labels.Count == ImageNetLabels.Count;
        if (lacksBackground)
        {
            labels = [ImageNetLabels.Background, .. labels];
        }

        int distinct = labels.Distinct(StringComparer.Ordinal).Count();
        if (labels.Count != outputs || distinct != outputs || outputs < 2)
        {
            throw new TransferLearningException(
                $"the network '{network}' has {outputs} outputs, but '{labelsPath}' has {labels.Count} labels, {distinct} of them "
                + "distinct: expected one line per output");
        }

        return (labels, (labelsPath, lacksBackground) switch
        {
            (null, false) => "it has 1000 outputs and no labels, so ImageNet's classes are used",
            (null, true) => "it has 1001 outputs and no labels, so ImageNet's classes are used after 'background'",
            (_, true) => $"it has 1001 outputs and '{labelsPath}' has 1000 labels, so 'background' is the first class",
            (_, false) => null,
        });
    }

    /// <summary>
    /// One line per output: the class, perhaps after the number of the output (<c>0 daisy</c>); or, in a .tsv file, columns of which the
    /// last is the class and another may be its WordNet id. To a class that occurs more than once, its id is added in parentheses, or the
    /// number of its line, from 0.
    /// </summary>
    /// <exception cref="TransferLearningException">The file cannot be read, or is empty.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        IReadOnlyList<string> labels = Parse(
            Utf8File.Read(path), Path.GetExtension(path).Equals(".tsv", StringComparison.OrdinalIgnoreCase));
        return labels.Count > 0
            ? labels
            : throw new TransferLearningException($"the labels file '{path}' is empty: expected one line per output of the network");
    }

    /// <inheritdoc cref="Read"/>
    internal static IReadOnlyList<string> Parse(string text, bool hasColumns)
    {
        string[] lines = [.. text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0)];
        if (!hasColumns && lines.Length > 0 && lines.Index().All(l => l.Item.StartsWith($"{Number(l.Index)} ", StringComparison.Ordinal)))
        {
            // As Teachable Machine writes them.
            lines = [.. lines.Select(l => l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim())];
        }

        string[][] rows = [.. lines.Select(l => hasColumns ? l.Split('\t') : [l])];
        HashSet<string> repeated = [.. rows.GroupBy(r => r[^1]).Where(g => g.Count() > 1).Select(g => g.Key)];
        return [.. rows.Select((row, i) => repeated.Contains(row[^1]) ? $"{row[^1]} ({Id(row) ?? Number(i)})" : row[^1])];
    }

    private static string Number(int line) => line.ToString(CultureInfo.InvariantCulture);

    private static string? Id(string[] cells) => cells.FirstOrDefault(LabelNames.IsWordNetId);
}
