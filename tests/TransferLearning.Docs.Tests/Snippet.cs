using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

/// <summary>Compiled code between <c>// begin</c> and <c>// end</c> in a file of the folder Snippets, without its indentation.</summary>
internal sealed partial record Snippet(string File, IReadOnlyList<string> Usings, string Statements)
{
    public static IEnumerable<Snippet> All { get; } =
        [.. Directory.GetFiles(Folder, "*.cs", SearchOption.AllDirectories).SelectMany(In)];

    private static string Folder => Path.Combine(Documents.Root, "tests", "TransferLearning.Docs.Tests", "Snippets");

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
