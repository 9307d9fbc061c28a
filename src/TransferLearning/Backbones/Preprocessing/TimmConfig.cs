using System.Text.Json;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>
/// timm's <c>config.json</c>: mean, standard deviation, size, crop and interpolation, in <c>pretrained_cfg</c> or, in older files, at the
/// top. A <c>config.json</c> of another program says nothing.
/// </summary>
internal static class TimmConfig
{
    public const string FileName = "config.json";

    // What timm takes where the file does not say it.
    private const double DefaultCrop = 0.875;

    /// <exception cref="InvalidNetworkException">A field is malformed.</exception>
    public static StatedPreprocessing? Read(SidecarFile file)
    {
        if (Find(file) is not { } config)
        {
            return null;
        }

        double[]? mean = file.Colors(config, "mean"), deviation = file.Colors(config, "std");
        if (deviation is not null && deviation.Contains(0))
        {
            throw file.Malformed("std", SidecarFile.Field(config, "std")!.Value, "standard deviations other than 0");
        }

        if (mean is null != deviation is null)
        {
            throw mean is null ? file.Missing("mean", "std") : file.Missing("std", "mean");
        }

        (ResizeMode Mode, float Fraction)? resize = Resize(file, config);
        return new StatedPreprocessing(PreprocessingSource.Sidecar, $"mean and std of {FileName}")
        {
            Normalization = mean is null ? null : UnitNormalization.Of(mean, deviation!),
            ChannelOrder = ChannelOrder.Rgb,
            Resize = resize?.Mode,
            CropFraction = resize?.Fraction,
            Interpolation = Interpolation(file, config),
            Size = Size(file, config),
        };
    }

    private static JsonElement? Find(SidecarFile file)
    {
        if (SidecarFile.Field(file.Root, "pretrained_cfg") is { } config)
        {
            return config.ValueKind == JsonValueKind.Object ? config : throw file.Malformed("pretrained_cfg", config, "an object");
        }

        return SidecarFile.Field(file.Root, "architecture") is not null && SidecarFile.Field(file.Root, "input_size") is not null
            ? file.Root
            : null;
    }

    private static (ResizeMode Mode, float Fraction)? Resize(SidecarFile file, JsonElement config)
    {
        double? crop = file.Positive(config, "crop_pct");
        string? mode = file.Text(config, "crop_mode");
        return crop is null && mode is null && SidecarFile.Field(config, "input_size") is null
            ? null
            : (mode switch
            {
                null or "" or "center" => ResizeMode.CenterCrop,
                "squash" => ResizeMode.Stretch,
                "border" => ResizeMode.Pad,
                _ => throw file.Malformed("crop_mode", SidecarFile.Field(config, "crop_mode")!.Value, "center, squash or border"),
            },
            (float)Math.Min(1, crop ?? DefaultCrop));
    }

    private static Interpolation? Interpolation(SidecarFile file, JsonElement config) =>
        file.Text(config, "interpolation") is not { Length: > 0 } name
            ? null
            : PilFilter.Of(name)
                ?? throw file.Malformed("interpolation", SidecarFile.Field(config, "interpolation")!.Value, PilFilter.ExpectedNames);

    /// <summary>[3, height, width].</summary>
    private static (int Width, int Height)? Size(SidecarFile file, JsonElement config)
    {
        if (SidecarFile.Field(config, "input_size") is not { } value)
        {
            return null;
        }

        JsonElement[] sizes = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Take(4)] : [];
        return sizes.Length == 3
            && SidecarFile.IsPixels(sizes[0], out int channels) && channels == 3
            && SidecarFile.IsPixels(sizes[1], out int height)
            && SidecarFile.IsPixels(sizes[2], out int width)
                ? (width, height)
                : throw file.Malformed("input_size", value, "[3, height, width]");
    }
}
