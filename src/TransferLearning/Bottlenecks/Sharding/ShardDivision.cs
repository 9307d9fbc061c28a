using System.Globalization;
using System.Text;
using System.Text.Json;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Data.Images;
using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>What all shards of an extraction must agree on. Immutable.</summary>
internal sealed record ShardDivision
{
    // The first sixteen hexadecimal digits of the hash tell divisions of one folder apart.
    private const int NameDigits = 16;

    /// <summary>The number of shards.</summary>
    public required int Count { get; init; }

    /// <summary>The number of images of all shards.</summary>
    public required int Images { get; init; }

    /// <summary>The hash of the images' names, by <see cref="ShardListing"/>, in hexadecimal digits.</summary>
    public required string Listing { get; init; }

    /// <summary>The name of the backbone, with that of an engine other than the embedded one.</summary>
    public required string Backbone { get; init; }

    /// <summary>What decides the features: backbone, preprocessing and engine.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The number of features per image.</summary>
    public required int FeatureSize { get; init; }

    /// <summary>The type of the stored features, as ONNX numbers it: float32 or float16.</summary>
    public required int ElementType { get; init; }

    /// <summary>The version of the library: another one may form sums in another order.</summary>
    public required string Library { get; init; }

    /// <summary>The name of the division's folder: the number of shards, and a hash of all that they must agree on.</summary>
    public string FolderName => string.Create(
        CultureInfo.InvariantCulture, $"{Count}-{ContentKey.Of(Encoding.UTF8.GetBytes(ToJson())).ToString()[..NameDigits]}");

    /// <summary>Describes a division.</summary>
    /// <param name="count">The number of shards.</param>
    /// <param name="images">The number of images of all shards.</param>
    /// <param name="listing">The hash of their names.</param>
    /// <param name="features">The format of the features.</param>
    public static ShardDivision Of(int count, int images, ContentKey listing, RecordFormat features) => new()
    {
        Count = count,
        Images = images,
        Listing = listing.ToString(),
        Backbone = features.Name,
        Fingerprint = features.Fingerprint.ToString(),
        FeatureSize = features.Elements,
        ElementType = features.ElementType,
        Library = LibraryVersion.Text,
    };

    /// <summary>Reads the file of a division.</summary>
    /// <exception cref="TransferLearningException">The file is not there, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static ShardDivision Read(string path)
    {
        try
        {
            return JsonText.Read(File.ReadAllText(path), Read);
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            throw new TransferLearningException(
                $"'{path}', which says how the shards beside it were divided, is missing or damaged: run any of them again, which writes "
                + "it anew, or delete the folder",
                e);
        }
    }

    public string ToJson() => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("shards", Count);
        json.WriteNumber("images", Images);
        json.WriteString("listing", Listing);
        json.WriteString("backbone", Backbone);
        json.WriteString("fingerprint", Fingerprint);
        json.WriteNumber("featureSize", FeatureSize);
        json.WriteNumber("elementType", ElementType);
        json.WriteString("library", Library);
        json.WriteEndObject();
    });

    /// <summary>How this one differs from another, to follow the name of its file.</summary>
    /// <param name="other">The other division, which is not the same.</param>
    public string DifferenceFrom(ShardDivision other)
    {
        var differences = new List<string>();
        if (Count != other.Count)
        {
            differences.Add($"is divided into {Count} shards, not {other.Count}");
        }

        if (Listing != other.Listing)
        {
            differences.Add(
                $"has another listing of the images ({Images} images, not {other.Images}; files were added, removed or renamed)");
        }

        if (Fingerprint != other.Fingerprint)
        {
            differences.Add(Backbone == other.Backbone
                ? $"is of another network or preprocessing with the name '{Backbone}'"
                : $"is of the backbone '{Backbone}', not '{other.Backbone}'");
        }

        if (ElementType != other.ElementType)
        {
            differences.Add("keeps the features in another precision");
        }

        if (Library != other.Library)
        {
            differences.Add($"was made by version {Library} of the library, not {other.Library}");
        }

        return string.Join(" and ", differences);
    }

    private static ShardDivision Read(JsonElement root) => new()
    {
        Count = root.GetProperty("shards").GetInt32() is var count and > 0 ? count : throw new FormatException("no shards"),
        Images = root.GetProperty("images").GetInt32(),
        Listing = JsonText.Required(root.GetProperty("listing")),
        Backbone = JsonText.Required(root.GetProperty("backbone")),
        Fingerprint = JsonText.Required(root.GetProperty("fingerprint")),
        FeatureSize = root.GetProperty("featureSize").GetInt32(),
        ElementType = root.GetProperty("elementType").GetInt32(),
        Library = JsonText.Required(root.GetProperty("library")),
    };
}
