using System.Text.RegularExpressions;

namespace TransferLearning.Tests.Reports;

/// <summary>Checks of a report's markup.</summary>
internal static partial class HtmlText
{
    private static readonly string[] Void = ["meta", "img"];

    /// <summary>Fails where a tag is not closed, or closed in the wrong order.</summary>
    public static void ShouldBeWellFormed(this string html)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(StyleSheet().Replace(html, "")))
        {
            string name = tag.Groups[2].Value;
            if (tag.Groups[1].Length > 0)
            {
                open.Pop().ShouldBe(name, $"before position {tag.Index}");
            }
            else if (!Void.Contains(name))
            {
                open.Push(name);
            }
        }

        open.ShouldBeEmpty();
    }

    [GeneratedRegex("<(/?)([a-z][a-z0-9]*)(?: [^>]*)?>")]
    private static partial Regex Tag();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex StyleSheet();
}
