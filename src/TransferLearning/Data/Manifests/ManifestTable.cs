using System.Text.Json;

namespace TransferLearning.Data.Manifests;

/// <summary>The rows of a manifest: delimited text, lines of JSON, or lines of a path and a label. Immutable.</summary>
/// <param name="Path">The manifest, as messages name it.</param>
/// <param name="Header">The names of the columns where the form has them (JSON); null where the first row may be a header.</param>
/// <param name="Rows">The rows, each with its line, from 1.</param>
internal sealed record ManifestTable(string Path, string[]? Header, IReadOnlyList<(int Line, string[] Cells)> Rows)
{
    /// <exception cref="TransferLearningException">The bytes are no text, or not in the form that the name says.</exception>
    public static ManifestTable Read(string path, byte[] content)
    {
        string text = ManifestText.Read(path, content);
        try
        {
            return IsJson(path, text) ? ReadJson(path, text)
                : IsList(path, text) ? new ManifestTable(path, null, [.. ReadList(text)])
                : new ManifestTable(path, null, [.. DelimitedText.Read(text, DelimitedText.FindDelimiter(path, text))]);
        }
        catch (FormatException e)
        {
            throw new TransferLearningException($"'{path}' is not a valid manifest: {e.Message}", e);
        }
    }

    private static bool IsJson(string path, string text) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson"
        || (!IsTable(path) && text.AsSpan().TrimStart().StartsWith("{"));

    private static bool IsList(string path, string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        ReadOnlySpan<char> first = end < 0 ? text : text.AsSpan(0, end);
        return !IsTable(path) && first.IndexOfAny(",;\t") < 0 && first.Trim().Contains(' ');
    }

    private static bool IsTable(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv";

    /// <summary>Lines of a path and, after the last space, a label, as Caffe and others write them.</summary>
    private static IEnumerable<(int Line, string[] Cells)> ReadList(string text)
    {
        int line = 0;
        foreach (string row in text.Split('\n'))
        {
            line++;
            string trimmed = row.Trim();
            int space = trimmed.LastIndexOf(' ');
            if (trimmed.Length > 0)
            {
                yield return (line, space < 0 ? [trimmed] : [trimmed[..space].Trim(), trimmed[(space + 1)..]]);
            }
        }
    }

    private static ManifestTable ReadJson(string path, string text)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<(int Line, Dictionary<string, string> Cells)>();
        int line = 0;
        foreach (string row in text.Split('\n'))
        {
            line++;
            if (string.IsNullOrWhiteSpace(row))
            {
                continue;
            }

            rows.Add((line, ReadObject(row, line)));
            foreach (string name in rows[^1].Cells.Keys)
            {
                names.TryAdd(name, names.Count);
            }
        }

        string[] header = [.. names.OrderBy(n => n.Value).Select(n => n.Key)];
        return new ManifestTable(
            path, header, [.. rows.Select(r => (r.Line, header.Select(n => r.Cells.GetValueOrDefault(n, "")).ToArray()))]);
    }

    private static Dictionary<string, string> ReadObject(string row, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(row);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"line {line}: expected an object such as {{\"file_name\": \"1.jpg\", \"label\": \"rose\"}}");
            }

            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                cells[property.Name] = Text(property.Value);
            }

            return cells;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what .NET says of \ud800: half of a character.
            throw new FormatException($"line {line} is not JSON: {e.Message}", e);
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.Array when value.GetArrayLength() == 1 => Text(value[0]),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Array or JsonValueKind.Object =>
            value.GetRawText(),
        _ => throw new InvalidOperationException($"unknown kind of JSON value {value.ValueKind}"),
    };
}
