using System.Text.Json;
using TransferLearning.Backbones.Preprocessing;

namespace TransferLearning.Models.Saving;

/// <summary>
/// Writes a <see cref="ModelOrigin"/> into a model's metadata, and reads it: <c>backbone</c> and <c>created</c> where they are known, and
/// <c>facts</c>.
/// </summary>
internal static class ModelOriginJson
{
    public static string Write(ModelOrigin origin) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        if (origin.Backbone is { } backbone)
        {
            json.WriteString("backbone", backbone);
        }

        if (origin.Created is { } created)
        {
            json.WriteString("created", created);
        }

        json.WriteStartObject("facts");
        foreach ((string name, string value) in origin.Facts)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <exception cref="JsonException">The text is not what <see cref="Write"/> writes.</exception>
    public static ModelOrigin Read(string text) => JsonText.Read(text, root => new ModelOrigin
    {
        Backbone = root.TryGetProperty("backbone", out JsonElement backbone) ? backbone.GetString() : null,
        Created = root.TryGetProperty("created", out JsonElement created) ? created.GetDateTimeOffset() : null,
        Facts = root.TryGetProperty("facts", out JsonElement facts) ? ReadFacts(facts) : new ModelOrigin().Facts,
    });

    private static Dictionary<string, string> ReadFacts(JsonElement element)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty fact in element.EnumerateObject())
        {
            facts[fact.Name] = JsonText.Required(fact.Value);
        }

        return facts;
    }
}
