using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

/// <summary>
/// Compiled code between <c>// begin</c> and <c>// end</c> in a file of the folder Snippets or Examples, without its indentation.
/// </summary>
internal sealed partial record Snippet(string File, IReadOnlyList<string> Usings, string Statements)
{
    /// <summary>The code of the documents.</summary>
    public static IEnumerable<Snippet> All { get; } = InFolder("Snippets");

    /// <summary>The code of the examples in the XML documentation.</summary>
    public static IEnumerable<Snippet> Examples { get; } = InFolder("Examples");

    private static Snippet[] InFolder(string name)
    {
        string folder = Path.Combine(Documents.Root, "tests", "TransferLearning.Docs.Tests", name);
        return [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).SelectMany(In)];
    }

    private static IEnumerable<Snippet> In(string path)
    {
        string text = System.IO.File.ReadAllText(path).ReplaceLineEndings("\n");
        string[] usings = [.. text.Split('\n').Where(l => l.StartsWith("using ", StringComparison.Ordinal))];
        foreach (Match match in Region().Matches(text))
        {
            string indentation = match.Groups[1].Value;
            IEnumerable<string> lines = match.Groups[2].Value.TrimEnd('\n').Split('\n')
                .Select(l => l.StartsWith(indentation, StringComparison.Ordinal) ? l[indentation.Length..] : l);
            yield return new Snippet(Path.GetFileName(path), usings, string.Join('\n', lines));
        }
    }

    [GeneratedRegex("^( *)// begin\n(.*?)^ *// end$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();
}
