using System.Text.Json;
using TransferLearning.Backbones.Preprocessing;

namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>The record that a shard writes when it is complete. Immutable.</summary>
internal sealed record ShardCompletion
{
    /// <summary>The number of the shard.</summary>
    public required int Shard { get; init; }

    /// <summary>The number of its images, with those that were skipped.</summary>
    public required int Images { get; init; }

    /// <summary>The number of images that were computed, not found in the cache.</summary>
    public required int Computed { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The images that cannot be used.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>The record files that hold the features, of this attempt and of earlier ones.</summary>
    public required IReadOnlyList<CompletedFile> Files { get; init; }

    /// <summary>Reads a completion record.</summary>
    /// <exception cref="JsonException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static ShardCompletion Read(string path) => JsonText.Read(File.ReadAllText(path), root => new ShardCompletion
    {
        Shard = root.GetProperty("shard").GetInt32(),
        Images = root.GetProperty("images").GetInt32(),
        Computed = root.GetProperty("computed").GetInt32(),
        Seconds = root.GetProperty("seconds").GetDouble(),
        Skipped =
        [
            .. root.GetProperty("skipped").EnumerateArray().Select(s => new SkippedImage(
                JsonText.Required(s.GetProperty("path")), JsonText.Required(s.GetProperty("reason")))),
        ],
        Files =
        [
            .. root.GetProperty("files").EnumerateArray().Select(f => new CompletedFile(
                JsonText.Required(f.GetProperty("name")), f.GetProperty("records").GetInt32(), f.GetProperty("damaged").GetInt32())),
        ],
    });

    public string ToJson() => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("shard", Shard);
        json.WriteNumber("images", Images);
        json.WriteNumber("computed", Computed);
        json.WriteNumber("seconds", Seconds);
        json.WriteStartArray("skipped");
        foreach (SkippedImage image in Skipped)
        {
            json.WriteStartObject();
            json.WriteString("path", image.Path);
            json.WriteString("reason", image.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (CompletedFile file in Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("records", file.Records);
            json.WriteNumber("damaged", file.Damaged);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
