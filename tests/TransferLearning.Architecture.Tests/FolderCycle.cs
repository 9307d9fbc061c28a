namespace TransferLearning.Architecture.Tests;

/// <summary>Finds folders that use each other, directly or around a corner.</summary>
internal static class FolderCycle
{
    /// <summary>A path that returns to its start, such as <c>A -> B -> A</c>; null where there is none.</summary>
    public static string? Find(IReadOnlyDictionary<string, HashSet<string>> arrows)
    {
        var done = new HashSet<string>();
        foreach (string start in arrows.Keys.Order(StringComparer.Ordinal))
        {
            if (Walk(start, []) is { } cycle)
            {
                return cycle;
            }
        }

        return null;

        string? Walk(string folder, List<string> path)
        {
            if (path.Contains(folder))
            {
                return string.Join(" -> ", path.SkipWhile(f => f != folder).Append(folder));
            }

            if (!done.Add(folder))
            {
                return null;
            }

            path.Add(folder);
            string? cycle = arrows[folder].Order(StringComparer.Ordinal)
                .Select(next => Walk(next, path))
                .FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return cycle;
        }
    }
}
