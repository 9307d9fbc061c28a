using System.Text.Json;
using TransferLearning.Backbones;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Files;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// What was measured about a network's normalization. It is kept in the cache folder, one file per network, so that later runs use the same
/// normalization and find their bottlenecks. Immutable.
/// </summary>
/// <param name="Normalization">The normalization that suits the network best.</param>
/// <param name="Explanation">The measurement in words.</param>
/// <param name="UsedLabels">Whether labels decided.</param>
/// <param name="IsClear">Whether the normalization is much better than the one that the network had before.</param>
internal sealed record MeasuredNormalization(PixelNormalization Normalization, string Explanation, bool UsedLabels, bool IsClear)
{
    public const string Extension = ".normalization";

    /// <summary>The extension of what a killed process may leave.</summary>
    public const string TemporaryExtension = ".tmp";

    /// <summary>What the cache knows about a network; null for nothing. A damaged file counts as nothing: it is measured and written
    /// again.</summary>
    public static MeasuredNormalization? Find(BottleneckCache cache, Backbone backbone)
    {
        try
        {
            string path = PathOf(cache, backbone);
            return File.Exists(path) ? JsonText.Read(File.ReadAllText(path), root => Read(root, backbone)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps this for the network.</summary>
    /// <returns>Why it cannot be kept; null if it is.</returns>
    public string? Keep(BottleneckCache cache, Backbone backbone)
    {
        string path = PathOf(cache, backbone);
        try
        {
            Directory.CreateDirectory(cache.Directory);
            UnlockedFile.Write(path, TemporaryExtension, Write(backbone));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the normalization of '{backbone.Name}' cannot be kept in '{path}' and will be measured again: {e.Message}";
        }
    }

    private static string PathOf(BottleneckCache cache, Backbone backbone) =>
        Path.Combine(cache.Directory, backbone.Fingerprint[..32] + Extension);

    private static MeasuredNormalization? Read(JsonElement root, Backbone backbone) =>
        JsonText.Required(root.GetProperty("network")) != backbone.Fingerprint ? null : new MeasuredNormalization(
            PreprocessingJson.Read(JsonText.Required(root.GetProperty("preprocessing"))).Normalization,
            JsonText.Required(root.GetProperty("explanation")),
            root.GetProperty("labels").GetBoolean(),
            root.GetProperty("clear").GetBoolean());

    private string Write(Backbone backbone) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("network", backbone.Fingerprint);
        json.WriteString("preprocessing", PreprocessingJson.Write(backbone.Preprocessing with { Normalization = Normalization }));
        json.WriteString("explanation", Explanation);
        json.WriteBoolean("labels", UsedLabels);
        json.WriteBoolean("clear", IsClear);
        json.WriteEndObject();
    });
}
