namespace TransferLearning.Models.Labeling;

/// <summary>The names under which a class can be found.</summary>
internal static class LabelNames
{
    /// <summary>
    /// What a label may be called, surest first: as a whole, what stands in parentheses behind it, then each of its synonyms, which commas
    /// part (<c>goldfish, Carassius auratus</c>). Only letters and digits, in lower case.
    /// </summary>
    public static IReadOnlyList<string> Of(string label)
    {
        int open = label.EndsWith(')') ? label.LastIndexOf('(') : -1;
        string[] aside = open > 0 ? [label[(open + 1)..^1]] : [];
        string[] synonyms = (open > 0 ? label[..open] : label).Split(',');
        return [.. new[] { label }.Concat(aside).Concat(synonyms).Select(Normalize).Where(n => n.Length > 0).Distinct()];
    }

    /// <summary>True for the ids that ImageNet's folders are named by: n and eight digits.</summary>
    public static bool IsWordNetId(string text) =>
        text.Length == 9 && text[0] == 'n' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string Normalize(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
