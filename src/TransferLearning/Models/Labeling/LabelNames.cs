namespace TransferLearning.Models.Labeling;

/// <summary>The names under which a class can be found.</summary>
internal static class LabelNames
{
    /// <summary>
    /// The names of a label, most specific first: the whole label, the text in parentheses at its end, then each of its synonyms, which are
    /// separated by commas (<c>goldfish, Carassius auratus</c>). Each is reduced to its letters and digits, in lower case.
    /// </summary>
    public static IReadOnlyList<string> Of(string label)
    {
        int open = label.EndsWith(')') ? label.LastIndexOf('(') : -1;
        string[] inParentheses = open > 0 ? [label[(open + 1)..^1]] : [];
        string[] synonyms = (open > 0 ? label[..open] : label).Split(',');
        return [.. new[] { label }.Concat(inParentheses).Concat(synonyms).Select(Normalize).Where(n => n.Length > 0).Distinct()];
    }

    /// <summary>True for a WordNet id, by which ImageNet's folders are named: n and eight digits.</summary>
    public static bool IsWordNetId(string text) =>
        text.Length == 9 && text[0] == 'n' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string Normalize(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
