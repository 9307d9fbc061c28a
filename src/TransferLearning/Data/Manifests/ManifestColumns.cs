using TransferLearning.Data.Images;

namespace TransferLearning.Data.Manifests;

/// <summary>The positions of the known columns in a row of a manifest; -1 for a column that is absent. Immutable.</summary>
/// <param name="Path">The column of image files.</param>
/// <param name="Label">The column of labels.</param>
/// <param name="Group">The column of groups.</param>
/// <param name="Subset">The column of subsets.</param>
/// <param name="OneHot">The columns that are one class each, where there is no column of labels.</param>
/// <param name="Names">The names of all columns; empty without a header.</param>
internal sealed record ManifestColumns(int Path, int Label, int Group, int Subset, int[] OneHot, string[] Names)
{
    private const int MaxSampled = 64;
    private const int StrictSubsetNames = 2;

    public bool HasLabels => Label >= 0 || OneHot.Length > 0;

    /// <summary>Whether the first row names the columns.</summary>
    public bool HasHeader => Names.Length > 0;

    /// <summary>
    /// Finds the columns: by the options, by the names of a header, and where these do not say, by looking which column names images that
    /// are there.
    /// </summary>
    /// <exception cref="TransferLearningException">The options name a column that is not there.</exception>
    public static ManifestColumns Find(ManifestTable table, ImageLookup images, ImageDatasetOptions options)
    {
        if (table.Rows.Count == 0)
        {
            return InOrder(0, 0);
        }

        string[] first = table.Header ?? table.Rows[0].Cells;
        bool isGiven = options.PathColumn is not null || options.LabelColumn is not null;
        string[][] rows = Sample(table.Header is null ? [.. table.Rows.Skip(1)] : table.Rows);
        int path = options.PathColumn is { } given ? Require(table, first, given, "--path-column") : ByName(first, rows, images);
        if (path >= 0 && (isGiven || table.Header is not null || !images.HasFile(first[path])))
        {
            return WithHeader(table, first, rows, path, options);
        }

        int here = Array.FindIndex(first, images.Contains);
        path = here >= 0 ? -1 : MostFound(rows, first.Length, images);
        return here >= 0 ? InOrder(first.Length, here)
            : path >= 0 || isGiven ? WithHeader(table, first, rows, Math.Max(0, path), options)
            : InOrder(first.Length, 0);
    }

    /// <summary>The columns of a manifest without a header: path, label, group, split; or label, path.</summary>
    private static ManifestColumns InOrder(int count, int path) => path == 0
        ? new(0, count > 1 ? 1 : -1, count is 3 or 4 ? 2 : -1, count == 4 ? 3 : -1, [], [])
        : new(path, path == 1 ? 0 : path - 1, -1, -1, [], []);

    private static ManifestColumns WithHeader(ManifestTable table, string[] names, string[][] rows, int path, ImageDatasetOptions options)
    {
        int subset = FindSubset(names, rows, path);
        int group = Best(names, ColumnNames.GroupRank, i => i != path && i != subset);
        bool IsFree(int i) => i != path && i != subset && i != group;
        int label = options.LabelColumn is { } given
            ? Require(table, names, given, "--label-column")
            : Best(names, ColumnNames.LabelRank, IsFree);
        int[] others = [.. Enumerable.Range(0, names.Length).Where(IsFree)];
        int[] oneHot = label < 0 && others.Length > 1 && others.All(i => IsIndicator(rows, i)) ? others
            : label < 0 ? IndicatorsAmong(rows, others) : [];
        if (label < 0 && oneHot.Length == 0 && others is [var only] && IsClassLike(rows, only))
        {
            label = only;
        }

        return new ManifestColumns(path, label, group, subset, oneHot, names);
    }

    private static int ByName(string[] names, string[][] rows, ImageLookup images)
    {
        int[] candidates =
        [
            .. Enumerable.Range(0, names.Length)
                .Where(i => ColumnNames.PathRank(names[i]) < int.MaxValue).OrderBy(i => ColumnNames.PathRank(names[i])),
        ];
        if (candidates.Length == 0)
        {
            return -1;
        }

        int found = Array.FindIndex(candidates, i => rows.Any(r => i < r.Length && images.Contains(r[i])));
        if (found >= 0)
        {
            return candidates[found];
        }

        int other = MostFound(rows, names.Length, images);
        return other >= 0 ? other : candidates[0];
    }

    private static int MostFound(string[][] rows, int count, ImageLookup images)
    {
        int[] found = [.. Enumerable.Range(0, count).Select(i => rows.Count(r => i < r.Length && images.Contains(r[i])))];
        int most = found.Length == 0 ? 0 : found.Max();
        return most == 0 ? -1 : Array.IndexOf(found, most);
    }

    private static int FindSubset(string[] names, string[][] rows, int path) => Best(names, ColumnNames.SubsetRank, i =>
        i != path
        && (ColumnNames.SubsetRank(names[i]) < StrictSubsetNames
            || rows.All(r => i >= r.Length || r[i].Length == 0 || DatasetSubsetNames.Parse(r[i]) is not null)));

    private static int Best(string[] names, Func<string, int> rank, Func<int, bool> isFree)
    {
        int best = -1;
        for (int i = 0; i < names.Length; i++)
        {
            if (isFree(i) && rank(names[i]) < (best < 0 ? int.MaxValue : rank(names[best])))
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>Columns of zeros and ones, at least two, with a one in each row.</summary>
    private static int[] IndicatorsAmong(string[][] rows, int[] columns)
    {
        int[] indicators = [.. columns.Where(i => IsIndicator(rows, i))];
        return indicators.Length > 1 && rows.All(r => indicators.Count(i => IsOne(r, i)) == 1) ? indicators : [];
    }

    private static bool IsIndicator(string[][] rows, int column) =>
        rows.Length > 0 && rows.All(r => column >= r.Length || r[column] is "0" or "1" or "0.0" or "1.0" or "0.00" or "1.00" or "");

    public static bool IsOne(string[] cells, int column) => column < cells.Length && cells[column] is "1" or "1.0" or "1.00";

    /// <summary>Whether a column without a known name may be labels: texts that repeat.</summary>
    private static bool IsClassLike(string[][] rows, int column) =>
        rows.Length < 4
        || rows.Where(r => column < r.Length).Select(r => r[column]).Distinct(StringComparer.Ordinal).Count() <= rows.Length / 2;

    private static int Require(ManifestTable table, string[] names, string name, string option)
    {
        int found = Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? found : throw new TransferLearningException(
            $"'{table.Path}' has no column '{name}' ({option}): it has {string.Join(", ", names)}");
    }

    /// <summary>Some of the rows, from the whole length of the table: the first ones may be of one class.</summary>
    private static string[][] Sample(IReadOnlyList<(int Line, string[] Cells)> rows)
    {
        int step = Math.Max(1, rows.Count / MaxSampled);
        return [.. Enumerable.Range(0, Math.Min(MaxSampled, rows.Count)).Select(i => rows[i * step].Cells)];
    }
}
