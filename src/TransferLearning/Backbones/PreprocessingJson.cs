using System.Text.Json;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones;

/// <summary>
/// Writes preprocessing into a network's metadata, and reads it: size in pixels, resize mode, and for each of red, green and blue the mean
/// and the scale of (value - mean) / scale over pixel values 0..255. Written by hand, as a serializer would cost the first prediction of a
/// process more time than the network does.
/// </summary>
internal static class PreprocessingJson
{
    public const string MetadataKey = "transferlearning.preprocessing";

    public static string Write(ImagePreprocessing preprocessing) => JsonText.Write(json =>
    {
        PixelNormalization n = preprocessing.Normalization;
        json.WriteStartObject();
        json.WriteNumber("width", preprocessing.Width);
        json.WriteNumber("height", preprocessing.Height);
        json.WriteString("resize", preprocessing.Resize.ToString());
        WriteNumbers(json, "mean", n.MeanR, n.MeanG, n.MeanB);
        WriteNumbers(json, "scale", n.ScaleR, n.ScaleG, n.ScaleB);
        json.WriteEndObject();
    });

    /// <exception cref="JsonException">The text is not what <see cref="Write"/> writes.</exception>
    public static ImagePreprocessing Read(string text) => JsonText.Read(text, root =>
    {
        int width = root.GetProperty("width").GetInt32(), height = root.GetProperty("height").GetInt32();
        float[] mean = ReadNumbers(root.GetProperty("mean")), scale = ReadNumbers(root.GetProperty("scale"));
        return width > 0 && height > 0 && mean.Length == 3 && scale is [not 0, not 0, not 0]
            ? new ImagePreprocessing
            {
                Width = width,
                Height = height,
                Resize = ReadResize(root.GetProperty("resize").GetString()),
                Normalization = new PixelNormalization(mean[0], mean[1], mean[2], scale[0], scale[1], scale[2]),
            }
            : throw new JsonException($"the preprocessing '{text}' lacks a size, or three means and three scales other than 0");
    });

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<float> values)
    {
        json.WriteStartArray(name);
        foreach (float value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static float[] ReadNumbers(JsonElement array)
    {
        float[] numbers = new float[array.GetArrayLength()];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = array[i].GetSingle();
        }

        return numbers;
    }

    private static ResizeMode ReadResize(string? name) => name switch
    {
        nameof(ResizeMode.Stretch) => ResizeMode.Stretch,
        nameof(ResizeMode.CenterCrop) => ResizeMode.CenterCrop,
        _ => throw new JsonException(
            $"the resize mode '{name}' is not known; expected {nameof(ResizeMode.Stretch)} or {nameof(ResizeMode.CenterCrop)}"),
    };
}
