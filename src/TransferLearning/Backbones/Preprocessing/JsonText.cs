using System.Text;
using System.Text.Json;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>Writes and reads the JSON texts in a network's metadata.</summary>
internal static class JsonText
{
    private const int MaxShown = 200;

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <exception cref="JsonException">The text is not JSON, or lacks something that <paramref name="read"/> asks for.</exception>
    public static T Read<T>(string text, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            string start = text.Length > MaxShown ? $"{text.AsSpan(0, MaxShown)}..." : text;
            throw new JsonException($"'{start}' is not what is expected here: {e.Message}", e);
        }
    }

    /// <exception cref="JsonException">The element is null, or no text.</exception>
    public static string Required(JsonElement element) => element.GetString() ?? throw new JsonException("expected a text, found null");
}
