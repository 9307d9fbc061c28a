using System.IO.Enumeration;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Files;

/// <summary>
/// Expands patterns such as <c>photos/*.jpg</c> and <c>photos/**/*.png</c>: Windows shells leave that to the program, and so does a pattern
/// in quotes.
/// </summary>
internal static class PathPattern
{
    private const string AnyFolders = "**";

    /// <summary>The files and folders that match a pattern, in ordinal order; the path itself where it is none, or exists.</summary>
    /// <exception cref="CommandException">Nothing matches.</exception>
    public static IReadOnlyList<string> Expand(string path)
    {
        if (path.IndexOfAny(['*', '?']) < 0 || Path.Exists(path))
        {
            return [path];
        }

        char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
        string root = Path.GetPathRoot(path) ?? "";
        IEnumerable<string> found = [root];
        string[] segments = path[root.Length..].Split(separators, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < segments.Length; i++)
        {
            string segment = segments[i];
            bool isLast = i == segments.Length - 1;
            found = [.. found.SelectMany(folder => Below(folder, segment, isLast)).Distinct()];
        }

        string[] matches = [.. found.Order(StringComparer.Ordinal)];
        return matches.Length > 0
            ? matches
            : throw new CommandException($"no file matches '{path}' (looked in '{Directory.GetCurrentDirectory()}')");
    }

    private static IEnumerable<string> Below(string folder, string segment, bool isLast)
    {
        if (segment.IndexOfAny(['*', '?']) < 0)
        {
            string path = Path.Combine(folder, segment);
            return Path.Exists(path) ? [path] : [];
        }

        string start = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(start))
        {
            return [];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = segment == AnyFolders, IgnoreInaccessible = true };
        IEnumerable<string> entries = isLast && segment != AnyFolders
            ? Directory.EnumerateFileSystemEntries(start, "*", options)
            : Directory.EnumerateDirectories(start, "*", options);
        IEnumerable<string> matching = entries
            .Where(e => segment == AnyFolders || FileSystemName.MatchesSimpleExpression(segment, Path.GetFileName(e)))
            .Select(e => folder.Length == 0 ? Path.GetRelativePath(".", e) : e);
        return segment == AnyFolders ? matching.Prepend(folder.Length == 0 ? "." : folder) : matching;
    }
}
