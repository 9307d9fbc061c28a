using System.Text.RegularExpressions;

namespace TransferLearning.Architecture.Tests;

/// <summary>
/// Which top folder of a project uses which other, read off the sources' using directives and partly qualified names. The project's root is
/// left out: its types (exceptions, the fluent entry) know the folders and are known by them.
/// </summary>
internal static class FolderArrows
{
    public static Dictionary<string, HashSet<string>> Of(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        var sources = Repository.SourcesOf(project).Select(path => (Folder: TopFolder(root, path), Text: File.ReadAllText(path))).ToArray();
        string[] folders = [.. sources.Select(s => s.Folder).OfType<string>().Distinct()];
        var arrows = folders.ToDictionary(f => f, _ => new HashSet<string>());
        foreach ((string? folder, string text) in sources)
        {
            if (folder is null)
            {
                continue;
            }

            foreach (string other in folders.Where(f => f != folder && Uses(text, project, f)))
            {
                arrows[folder].Add(other);
            }
        }

        return arrows;
    }

    /// <summary>A path that returns to its start, such as <c>A -> B -> A</c>; null where there is none.</summary>
    public static string? FindCycle(Dictionary<string, HashSet<string>> arrows)
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

    private static bool Uses(string text, string project, string folder) =>
        Regex.IsMatch(text, $@"^using (static )?(\w+ = )?{Regex.Escape(project)}\.{folder}[.;]", RegexOptions.Multiline)
        || Regex.IsMatch(text, $@"(?<![\w.""]){folder}\.[A-Z]\w*(?=[\s.(<,>)\]}}])(?!.*</)");

    private static string? TopFolder(string root, string path)
    {
        string[] parts = Path.GetRelativePath(root, path).Split('/', '\\');
        return parts.Length > 1 ? parts[0] : null;
    }
}
