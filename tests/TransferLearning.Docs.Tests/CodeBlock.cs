using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

/// <summary>A C# block of a document, divided into its using directives and its statements.</summary>
internal sealed partial record CodeBlock(string Document, int Line, IReadOnlyList<string> Usings, string Statements)
{
    public static IEnumerable<CodeBlock> In(string document)
    {
        string text = Documents.Read(document);
        foreach (Match match in Fence().Matches(text))
        {
            string[] lines = match.Groups[1].Value.Split('\n');
            yield return new CodeBlock(
                document,
                text[..match.Index].Count(c => c == '\n') + 1,
                [.. lines.Where(IsUsing)],
                string.Join('\n', lines.Where(l => !IsUsing(l))).Trim('\n'));
        }
    }

    public override string ToString() => $"{Document}, line {Line}";

    private static bool IsUsing(string line) => UsingDirective().IsMatch(line);

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex UsingDirective();
}
