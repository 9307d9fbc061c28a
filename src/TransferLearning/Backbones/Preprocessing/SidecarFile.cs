using System.Text.Json;
using TransferLearning.Runtime;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>A JSON file beside a network file. Its fields are read with messages that name file and field. Dispose of it.</summary>
internal sealed class SidecarFile : IDisposable
{
    // Real ones have a few kilobytes.
    private const int MaxLength = 1 << 20;

    // Other programs have a config.json too, and may write it like this.
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _path;
    private readonly JsonDocument _document;

    private SidecarFile(string path, JsonDocument document) => (_path, _document) = (path, document);

    /// <summary>The name of the file without its folder.</summary>
    public string Name => Path.GetFileName(_path);

    public JsonElement Root => _document.RootElement;

    /// <summary>Reads a file; null where there is none.</summary>
    /// <exception cref="InvalidNetworkException">The file is too long, or not a JSON object.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SidecarFile? Open(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        if (new FileInfo(path).Length > MaxLength)
        {
            throw new InvalidNetworkException($"the file '{path}' beside it has more than {MaxLength} bytes: move it elsewhere");
        }

        try
        {
            var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new SidecarFile(path, document);
            }

            document.Dispose();
            throw new InvalidNetworkException($"the file '{path}' beside it is not a JSON object: correct it, or move it elsewhere");
        }
        catch (JsonException e)
        {
            throw new InvalidNetworkException(
                $"the file '{path}' beside it is not valid JSON ({e.Message}): correct it, or move it elsewhere", e);
        }
    }

    public void Dispose() => _document.Dispose();

    /// <summary>The value of a field; null where it is absent or null.</summary>
    public static JsonElement? Field(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public bool? Flag(JsonElement owner, string name) => Field(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Malformed(name, other, "true or false"),
    };

    public string? Text(JsonElement owner, string name) => Field(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => TextOf(name, text),
        { } other => throw Malformed(name, other, "a text"),
    };

    /// <summary>A number above 0.</summary>
    public double? Positive(JsonElement owner, string name) => Field(owner, name) switch
    {
        null => null,
        { } value when Number(value) is { } number and > 0 => number,
        { } other => throw Malformed(name, other, "a number above 0"),
    };

    /// <summary>A number of pixels.</summary>
    public int? Pixels(JsonElement owner, string name) => Field(owner, name) switch
    {
        null => null,
        { } value when IsPixels(value, out int pixels) => pixels,
        { } other => throw Malformed(name, other, $"a number of pixels, 1 to {ushort.MaxValue}"),
    };

    /// <summary>A number for each of red, green and blue, or one for all.</summary>
    public double[]? Colors(JsonElement owner, string name)
    {
        if (Field(owner, name) is not { } value)
        {
            return null;
        }

        double?[] numbers = value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Take(4).Select(Number)]
            : [Number(value)];
        return numbers switch
        {
            [{ } gray] => [gray, gray, gray],
            [{ } red, { } green, { } blue] => [red, green, blue],
            _ => throw Malformed(name, value, "three numbers: red, green, blue"),
        };
    }

    public static bool IsPixels(JsonElement value, out int pixels)
    {
        pixels = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out pixels) && pixels is >= 1 and <= ushort.MaxValue;
    }

    public InvalidNetworkException Malformed(string field, JsonElement value, string expected)
    {
        const int MaxShown = 80;
        string text = value.GetRawText();
        return new InvalidNetworkException(
            $"the file '{_path}' beside it has '{field}': {(text.Length > MaxShown ? text[..MaxShown] + "..." : text)}; "
            + $"expected {expected}. Correct the file, or move it elsewhere");
    }

    public InvalidNetworkException Missing(string field, string other) => new(
        $"the file '{_path}' beside it has '{other}', but no '{field}'. Correct the file, or move it elsewhere");

    private string TextOf(string name, JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // What .NET says of \ud800: half of a character.
            throw Malformed(name, text, "a text of whole characters");
        }
    }

    private static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;
}
