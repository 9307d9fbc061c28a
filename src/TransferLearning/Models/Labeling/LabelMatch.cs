namespace TransferLearning.Models.Labeling;

/// <summary>Finds the class of a data set that each class of a model stands for.</summary>
internal static class LabelMatch
{
    private const int Ambiguous = -2;

    /// <summary>[model classes]: the index of the data set's class, or -1 where there is none.</summary>
    public static int[] Find(IReadOnlyList<string> modelLabels, IReadOnlyList<string> dataLabels, LabelMap? map)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((int position, string label) in dataLabels.Index())
        {
            foreach (string name in LabelNames.Of(label))
            {
                // A name that two classes share matches neither.
                index[name] = index.ContainsKey(name) ? Ambiguous : position;
            }
        }

        return [.. modelLabels.Select(l => Find(LabelNames.Of(l), index, map))];
    }

    private static int Find(IReadOnlyList<string> names, Dictionary<string, int> index, LabelMap? map)
    {
        foreach (string name in names)
        {
            if (index.GetValueOrDefault(name, -1) is >= 0 and var found)
            {
                return found;
            }

            int[] mapped = [.. (map?.Meanings(name) ?? []).Select(m => index.GetValueOrDefault(m, -1)).Where(i => i >= 0).Distinct()];
            if (mapped is [var only])
            {
                return only;
            }
        }

        return -1;
    }
}
