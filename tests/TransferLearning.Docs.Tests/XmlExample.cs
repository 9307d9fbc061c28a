using System.Net;
using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

/// <summary>The code of an <c>example</c> in the XML documentation of a source file.</summary>
internal sealed partial record XmlExample(string File, int Line, string Statements)
{
    /// <summary>The examples in the sources of a folder below src, and in its subfolders.</summary>
    public static IEnumerable<XmlExample> In(string folder)
    {
        foreach (string path in Directory.GetFiles(Path.Combine(Documents.Root, "src", folder), "*.cs", SearchOption.AllDirectories))
        {
            string text = System.IO.File.ReadAllText(path).ReplaceLineEndings("\n");
            foreach (Match match in Example().Matches(text))
            {
                IEnumerable<string> lines = match.Groups[1].Value.TrimEnd('\n').Split('\n').Select(l => Prefix().Replace(l, ""));
                yield return new XmlExample(
                    Path.GetFileName(path),
                    text[..match.Index].Count(c => c == '\n') + 1,
                    WebUtility.HtmlDecode(string.Join('\n', lines)));
            }
        }
    }

    public override string ToString() => $"{File}, line {Line}";

    [GeneratedRegex("^ */// <example><code>\n((?: *///.*\n)*?) */// </code></example>$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("^ */// ?")]
    private static partial Regex Prefix();
}
