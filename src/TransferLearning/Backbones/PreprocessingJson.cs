using System.Text.Json;
using System.Text.Json.Serialization;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones;

/// <summary>
/// How preprocessing is written into a network's metadata: size in pixels, resize mode, and for each of red, green and blue the mean and
/// the scale of (value - mean) / scale over pixel values 0..255.
/// </summary>
internal sealed record PreprocessingJson(int Width, int Height, ResizeMode Resize, float[] Mean, float[] Scale)
{
    public const string MetadataKey = "transferlearning.preprocessing";

    public static string Write(ImagePreprocessing preprocessing)
    {
        PixelNormalization n = preprocessing.Normalization;
        var json = new PreprocessingJson(
            preprocessing.Width, preprocessing.Height, preprocessing.Resize, [n.MeanR, n.MeanG, n.MeanB], [n.ScaleR, n.ScaleG, n.ScaleB]);
        return JsonSerializer.Serialize(json, PreprocessingJsonContext.Default.PreprocessingJson);
    }

    /// <exception cref="JsonException">The text is not what <see cref="Write"/> writes.</exception>
    public static ImagePreprocessing Read(string text)
    {
        PreprocessingJson? json = JsonSerializer.Deserialize(text, PreprocessingJsonContext.Default.PreprocessingJson);
        bool isComplete = json is { Width: > 0, Height: > 0, Mean.Length: 3, Scale.Length: 3 } && !json.Scale.Contains(0);
        return isComplete
            ? new ImagePreprocessing
            {
                Width = json!.Width,
                Height = json.Height,
                Resize = json.Resize,
                Normalization = new PixelNormalization(
                    json.Mean[0], json.Mean[1], json.Mean[2], json.Scale[0], json.Scale[1], json.Scale[2]),
            }
            : throw new JsonException($"the preprocessing '{text}' lacks a size, or three means and three scales other than 0");
    }
}

/// <summary>The generated serializer of <see cref="PreprocessingJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PreprocessingJson))]
internal sealed partial class PreprocessingJsonContext : JsonSerializerContext;
