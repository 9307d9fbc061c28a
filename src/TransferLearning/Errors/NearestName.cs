namespace TransferLearning.Errors;

/// <summary>
/// Finds the name that was probably meant: the one with the fewest insertions, deletions, replacements and swaps of neighbors (optimal
/// string alignment; Damerau, "A technique for computer detection and correction of spelling errors", 1964).
/// </summary>
internal static class NearestName
{
    // At most one change for each so many characters: with more, any short name is near to any other.
    private const int CharactersPerChange = 3;

    /// <summary>The only name that is near enough; null where there is none, or several are equally near.</summary>
    /// <param name="given">What was given; letter case does not matter.</param>
    /// <param name="names">The valid names.</param>
    public static string? Of(string given, IEnumerable<string> names)
    {
        int limit = Math.Max(1, given.Length / CharactersPerChange);
        (string Name, int Distance)[] near =
        [
            .. names.Distinct(StringComparer.Ordinal)
                .Select(name => (name, Distance(given.ToLowerInvariant(), name.ToLowerInvariant())))
                .Where(n => n.Item2 <= limit)
                .OrderBy(n => n.Item2),
        ];
        return near.Length == 1 || (near.Length > 1 && near[0].Distance < near[1].Distance) ? near[0].Name : null;
    }

    /// <summary>"; did you mean 'NAME'?", or nothing.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="names">The valid names.</param>
    public static string Question(string given, IEnumerable<string> names) =>
        Of(given, names) is { } name ? $"; did you mean '{name}'?" : "";

    internal static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            distance[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            distance[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int best = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                distance[i, j] = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                    ? Math.Min(best, distance[i - 2, j - 2] + 1)
                    : best;
            }
        }

        return distance[a.Length, b.Length];
    }
}
