using System.Collections.Immutable;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>
/// What ONNX's metadata says about the images that a network takes (ONNX, "Type denotation": image category definition), as Microsoft's
/// Custom Vision and WinML tools write it.
/// </summary>
internal static class ImageDenotations
{
    private const string Range = "Image.NominalPixelRange";
    private const string Format = "Image.BitmapPixelFormat";
    private const string Gamma = "Image.ColorSpaceGamma";

    /// <summary>Null where the metadata has none of them.</summary>
    /// <exception cref="InvalidNetworkException">A value is unknown, or images of that kind are not supported.</exception>
    public static StatedPreprocessing? Read(ImmutableSortedDictionary<string, string> metadata)
    {
        string? range = metadata.GetValueOrDefault(Range), format = metadata.GetValueOrDefault(Format);
        if (metadata.GetValueOrDefault(Gamma) is { } gamma && !Is(gamma, "SRGB"))
        {
            throw Unsupported(Gamma, gamma, "SRGB");
        }

        return range is null && format is null
            ? null
            : new StatedPreprocessing(PreprocessingSource.Denotation, $"{(range is null ? Format : Range)} in its metadata")
            {
                Normalization = range is null ? null : Normalization(range),
                ChannelOrder = format is null ? null : Order(format),
            };
    }

    private static PixelNormalization Normalization(string range)
    {
        if (Is(range, "NominalRange_0_255"))
        {
            return PixelNormalization.None;
        }

        if (Is(range, "Normalized_0_1"))
        {
            return PixelNormalization.ZeroToOne;
        }

        if (Is(range, "Normalized_1_1"))
        {
            return PixelNormalization.Inception;
        }

        // Video levels: black is 16, white 235.
        const float Scale = 255f / (235 - 16), Mean = -16 * Scale;
        return Is(range, "NominalRange_16_235")
            ? new PixelNormalization(Mean, Mean, Mean, Scale, Scale, Scale)
            : throw Unsupported(Range, range, "NominalRange_0_255, Normalized_0_1, Normalized_1_1 or NominalRange_16_235");
    }

    private static ChannelOrder Order(string format) =>
        Is(format, "Rgb8") || Is(format, "Rgba8") ? ChannelOrder.Rgb
        : Is(format, "Bgr8") || Is(format, "Bgra8") ? ChannelOrder.Bgr
        : throw Unsupported(Format, format, "Rgb8 or Bgr8");

    private static bool Is(string value, string name) => value.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static InvalidNetworkException Unsupported(string key, string value, string expected) => new(
        $"its metadata '{key}' is '{value}': expected {expected}; normalization and channel order can be given in its place");
}
