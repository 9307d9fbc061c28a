using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones.Catalog;

/// <summary>
/// Reads catalogs of networks: <c>{"backbones": [{"name", "bytes", "sha256", "address", "license", "width", "height", "preprocessing":
/// {"channels", "mean", "scale", "resize", "crop", "interpolation"}, "features", "top1"}]}</c>. Every field must be there;
/// <c>features</c> and <c>top1</c> may be null. Comments and trailing commas are allowed.
/// </summary>
internal static class CatalogJson
{
    private const long MaxBytes = 1L << 40;
    private const int MaxNameLength = 100;

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads a catalog's text.</summary>
    /// <param name="json">The text, UTF-8.</param>
    /// <param name="source">The name of the file, for messages.</param>
    /// <exception cref="TransferLearningException">The text is not JSON, or a field is missing, unknown or not valid.</exception>
    public static ImmutableArray<CatalogEntry> Read(ReadOnlyMemory<byte> json, string source)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Options);
        }
        catch (JsonException e)
        {
            throw new TransferLearningException($"the catalog '{source}' is not valid JSON: {e.Message}", e);
        }

        using (document)
        {
            CatalogField root = new CatalogField(source, "", document.RootElement).Object("backbones");
            ImmutableArray<CatalogEntry>.Builder entries = ImmutableArray.CreateBuilder<CatalogEntry>();
            foreach (CatalogField item in root["backbones"].Items())
            {
                CatalogEntry entry = ReadEntry(item);
                if (entries.Any(e => CatalogEntry.Names.Equals(e.Name, entry.Name)))
                {
                    throw item["name"].Expected("a name that no other network of the file has");
                }

                entries.Add(entry);
            }

            return entries.ToImmutable();
        }
    }

    private static CatalogEntry ReadEntry(CatalogField item)
    {
        item.Object("name", "bytes", "sha256", "address", "license", "width", "height", "preprocessing", "features", "top1");
        return new CatalogEntry
        {
            Name = ReadName(item["name"]),
            Bytes = item["bytes"].WholeNumber(1, MaxBytes),
            Sha256 = ReadHash(item["sha256"]),
            Address = ReadAddress(item["address"]),
            License = item["license"].Text,
            Preprocessing = ReadPreprocessing(item),
            FeaturesName = item["features"] is { IsNull: false } features ? features.Text : null,
            Top1 = item["top1"] is { IsNull: false } top1 ? top1.Number("a share from 0 to 1, or null", n => n is >= 0 and <= 1) : null,
        };
    }

    // The name becomes that of a file, on any platform.
    private static string ReadName(CatalogField field)
    {
        string name = field.Text;
        bool isValid = name.Length <= MaxNameLength && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
        return !isValid
            ? throw field.Expected(
                $"at most {MaxNameLength} letters, digits, points, hyphens and underscores, a letter or digit at both ends")
            : BuiltInNames.All.Contains(name, CatalogEntry.Names)
            ? throw field.Expected($"another name: {string.Join(" and ", BuiltInNames.All)} are those of the built-in networks")
            : name;
    }

    private static string ReadHash(CatalogField field) =>
        field.Text is { Length: 2 * SHA256.HashSizeInBytes } text && text.All(char.IsAsciiHexDigit)
            ? text.ToLowerInvariant()
            : throw field.Expected("a SHA-256 of 64 hexadecimal digits");

    private static Uri ReadAddress(CatalogField field) =>
        Uri.TryCreate(field.Text, UriKind.Absolute, out Uri? address) && (address.Scheme is "http" or "https" || address.IsFile)
            ? address
            : throw field.Expected("an address that starts with https://, http:// or file://");

    private static ImagePreprocessing ReadPreprocessing(CatalogField item)
    {
        CatalogField field = item["preprocessing"].Object("channels", "mean", "scale", "resize", "crop", "interpolation");
        (float Red, float Green, float Blue) mean = field["mean"].Channels("a number from 0 to 255", n => n is >= 0 and <= 255);
        (float Red, float Green, float Blue) scale = field["scale"].Channels("a number above 0", n => n > 0);
        return new ImagePreprocessing
        {
            Width = (int)item["width"].WholeNumber(16, 2048),
            Height = (int)item["height"].WholeNumber(16, 2048),
            Resize = field["resize"].Word(("stretch", ResizeMode.Stretch), ("crop", ResizeMode.CenterCrop), ("pad", ResizeMode.Pad)),
            CropFraction = field["crop"].Number("a share above 0 and at most 1", n => n is > 0 and <= 1),
            Interpolation = field["interpolation"].Word(("bilinear", Interpolation.Bilinear), ("bicubic", Interpolation.Bicubic)),
            Normalization = new PixelNormalization(mean.Red, mean.Green, mean.Blue, scale.Red, scale.Green, scale.Blue)
            {
                ChannelOrder = field["channels"].Word(("rgb", ChannelOrder.Rgb), ("bgr", ChannelOrder.Bgr)),
            },
        };
    }
}
