using System.Text.Json;

namespace TransferLearning.Backbones.Catalog;

/// <summary>A value of a catalog file, which knows where it stands: its errors name the file and the field.</summary>
/// <param name="source">The catalog's file.</param>
/// <param name="path">The field, such as <c>backbones[2].bytes</c>.</param>
/// <param name="value">The value.</param>
internal readonly struct CatalogField(string source, string path, JsonElement value)
{
    private const int MaxShownLength = 60;

    public bool IsNull => value.ValueKind == JsonValueKind.Null;

    public string Text => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
        ? text
        : throw Expected("a text");

    /// <summary>The members of an object; each name must be one of those given, so that a misspelled field is found.</summary>
    public CatalogField Object(params ReadOnlySpan<string> names)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Expected("an object in braces");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                throw new TransferLearningException(
                    $"the catalog '{source}': {Path(member.Name)} is not a field: expected {string.Join(", ", names)}");
            }

            if (!seen.Add(member.Name))
            {
                throw new TransferLearningException($"the catalog '{source}': {Path(member.Name)} is given twice");
            }
        }

        return this;
    }

    /// <summary>A member that must be there.</summary>
    public CatalogField this[string name] => value.TryGetProperty(name, out JsonElement member)
        ? new CatalogField(source, Path(name), member)
        : throw new TransferLearningException($"the catalog '{source}': {Path(name)} is missing");

    public IEnumerable<CatalogField> Items()
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Expected("a list in brackets");
        }

        (string file, string field) = (source, path);
        return value.EnumerateArray().Select((item, i) => new CatalogField(file, $"{field}[{i}]", item));
    }

    public long WholeNumber(long minimum, long maximum) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= minimum && number <= maximum
            ? number
            : throw Expected($"a whole number from {minimum} to {maximum}");

    public float Number(string expected, Func<float, bool> isValid) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) && float.IsFinite(number) && isValid(number)
            ? number
            : throw Expected(expected);

    /// <summary>One number per channel: red, green and blue.</summary>
    public (float Red, float Green, float Blue) Channels(string expected, Func<float, bool> isValid) =>
        Items().Select(i => i.Number(expected, isValid)).ToArray() is [var red, var green, var blue]
            ? (red, green, blue)
            : throw Expected("three numbers, of red, green and blue");

    /// <summary>One of a few words.</summary>
    public T Word<T>(params ReadOnlySpan<(string Word, T Value)> words)
    {
        string text = Text;
        foreach ((string word, T meaning) in words)
        {
            if (word == text)
            {
                return meaning;
            }
        }

        List<string> known = [];
        foreach ((string word, T _) in words)
        {
            known.Add($"'{word}'");
        }

        throw Expected(string.Join(" or ", known));
    }

    public TransferLearningException Expected(string expected)
    {
        string raw = value.GetRawText();
        string shown = raw.Length > MaxShownLength ? $"{raw[..MaxShownLength]}..." : raw;
        return new TransferLearningException($"the catalog '{source}': {path} is {shown}: expected {expected}");
    }

    private string Path(string member) => path.Length == 0 ? member : $"{path}.{member}";
}
