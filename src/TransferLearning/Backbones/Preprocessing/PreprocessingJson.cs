using System.Text.Json;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>
/// Writes preprocessing into a network's metadata, and reads it: size in pixels, resize mode, and for each of red, green and blue the mean
/// and the scale of (value - mean) / scale over pixel values 0..255. The central part that is used (<c>crop</c>), the interpolation
/// (<c>interpolation</c>: <c>bicubic</c>) and the order of the channels (<c>channels</c>: <c>bgr</c>) are written only where they are not
/// the defaults, so that other files stay the same. Written by hand, as a serializer would cost the first prediction of a process more time
/// than the network does.
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
        if (preprocessing.CropFraction != 1)
        {
            json.WriteNumber("crop", preprocessing.CropFraction);
        }

        if (preprocessing.Interpolation != Interpolation.Bilinear)
        {
            json.WriteString("interpolation", Name(preprocessing.Interpolation));
        }

        if (n.ChannelOrder != ChannelOrder.Rgb)
        {
            json.WriteString("channels", Name(n.ChannelOrder));
        }

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
                CropFraction = root.TryGetProperty("crop", out JsonElement crop) ? ReadCrop(crop.GetSingle()) : 1,
                Interpolation = root.TryGetProperty("interpolation", out JsonElement interpolation)
                    ? ReadInterpolation(interpolation.GetString())
                    : Interpolation.Bilinear,
                Normalization = new PixelNormalization(mean[0], mean[1], mean[2], scale[0], scale[1], scale[2])
                {
                    ChannelOrder = root.TryGetProperty("channels", out JsonElement order)
                        ? ReadChannelOrder(order.GetString())
                        : ChannelOrder.Rgb,
                },
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
        nameof(ResizeMode.Pad) => ResizeMode.Pad,
        _ => throw new JsonException(
            $"the resize mode '{name}' is not known; expected {string.Join(", ", Enum.GetNames<ResizeMode>())}"),
    };

    private static float ReadCrop(float crop) =>
        crop is > 0 and <= 1 ? crop : throw new JsonException($"the crop {crop} is not above 0 and at most 1");

    private static string Name(Interpolation interpolation) => interpolation switch
    {
        Interpolation.Bilinear => "bilinear",
        Interpolation.Bicubic => "bicubic",
        _ => throw new NotSupportedException($"the interpolation {interpolation} has no name in metadata"),
    };

    private static Interpolation ReadInterpolation(string? name) => name switch
    {
        "bilinear" => Interpolation.Bilinear,
        "bicubic" => Interpolation.Bicubic,
        _ => throw new JsonException($"the interpolation '{name}' is not known; expected bilinear or bicubic"),
    };

    private static string Name(ChannelOrder order) => order switch
    {
        ChannelOrder.Rgb => "rgb",
        ChannelOrder.Bgr => "bgr",
        _ => throw new NotSupportedException($"the channel order {order} has no name in metadata"),
    };

    private static ChannelOrder ReadChannelOrder(string? name) => name switch
    {
        "rgb" => ChannelOrder.Rgb,
        "bgr" => ChannelOrder.Bgr,
        _ => throw new JsonException($"the channel order '{name}' is not known; expected rgb or bgr"),
    };
}
