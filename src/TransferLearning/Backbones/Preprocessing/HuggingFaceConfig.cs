using System.Text.Json;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>Hugging Face's <c>preprocessor_config.json</c>: the settings of an image processor of its library transformers.</summary>
internal static class HuggingFaceConfig
{
    public const string FileName = "preprocessor_config.json";

    private static readonly double[] Zeros = [0, 0, 0], Ones = [1, 1, 1];

    /// <exception cref="InvalidNetworkException">A field is malformed.</exception>
    public static StatedPreprocessing? Read(SidecarFile file)
    {
        var resize = HuggingFaceResize.Read(file);
        PixelNormalization? normalization = Normalization(file, out string reason);
        bool? reversed = file.Flag(file.Root, "do_flip_channel_order");
        return resize is null && normalization is null && reversed is null
            ? null
            : new StatedPreprocessing(PreprocessingSource.Sidecar, $"{reason} of {FileName}")
            {
                Normalization = normalization,
                ChannelOrder = reversed == true ? ChannelOrder.Bgr : ChannelOrder.Rgb,
                Resize = resize?.Mode,
                CropFraction = resize?.CropFraction,
                Interpolation = Interpolation(file),
                Size = resize?.Size,
            };
    }

    /// <summary>
    /// The library multiplies pixel values by <c>rescale_factor</c>, subtracts 1 where <c>rescale_offset</c> says so, and then normalizes
    /// by <c>image_mean</c> and <c>image_std</c>. Older files have no <c>do_rescale</c>; those versions divided by 255.
    /// </summary>
    private static PixelNormalization? Normalization(SidecarFile file, out string reason)
    {
        JsonElement root = file.Root;
        double[]? mean = file.Colors(root, "image_mean"), deviation = file.Colors(root, "image_std");
        bool? rescales = file.Flag(root, "do_rescale"), normalizes = file.Flag(root, "do_normalize");
        double factor = rescales == false ? 1 : file.Positive(root, "rescale_factor") ?? (1 / 255.0);
        double offset = rescales != false && file.Flag(root, "rescale_offset") == true ? 1 : 0;
        if (deviation is not null && deviation.Contains(0))
        {
            throw file.Malformed("image_std", SidecarFile.Field(root, "image_std")!.Value, "standard deviations other than 0");
        }

        if (normalizes != false && (mean is not null || deviation is not null))
        {
            reason = "image_mean and image_std";
            return mean is null ? throw file.Missing("image_mean", "image_std")
                : deviation is null ? throw file.Missing("image_std", "image_mean")
                : UnitNormalization.Of(mean, deviation, factor, offset);
        }

        // With do_normalize alone, the means are those of a Python class, which the file does not contain.
        reason = normalizes == false ? "do_normalize" : "do_rescale";
        return normalizes == true || (normalizes is null && rescales is null)
            ? null
            : UnitNormalization.Of(Zeros, Ones, factor, offset);
    }

    private static Interpolation? Interpolation(SidecarFile file)
    {
        if (SidecarFile.Field(file.Root, "resample") is not { } value)
        {
            return null;
        }

        Interpolation? interpolation = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? PilFilter.Of(number)
            : null;
        return interpolation ?? throw file.Malformed("resample", value, PilFilter.Expected);
    }
}
