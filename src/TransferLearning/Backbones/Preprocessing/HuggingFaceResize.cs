using System.Text.Json;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>How an image processor of Hugging Face's library brings an image to its input size. Immutable.</summary>
/// <param name="Mode">The resize mode.</param>
/// <param name="CropFraction">The central part that is used.</param>
/// <param name="Size">Width and height in pixels; null where the file does not say them.</param>
internal sealed record HuggingFaceResize(ResizeMode Mode, float CropFraction, (int Width, int Height)? Size)
{
    /// <summary>ConvNeXT's processor crops only below this size.</summary>
    private const int ConvNextWarpSize = 384;

    /// <summary>LeViT's processor resizes the shorter side to this multiple of the size that the file says.</summary>
    private const double LevitMargin = 256 / 224.0;

    /// <summary>Null where the file says nothing of sizes.</summary>
    /// <exception cref="InvalidNetworkException">A field is malformed.</exception>
    public static HuggingFaceResize? Read(SidecarFile file)
    {
        bool resizes = file.Flag(file.Root, "do_resize") != false, crops = file.Flag(file.Root, "do_center_crop") == true;
        string type = file.Text(file.Root, "image_processor_type") ?? file.Text(file.Root, "feature_extractor_type") ?? "";
        double? crop = file.Positive(file.Root, "crop_pct");
        bool isConvNext = IsType(type, "ConvNext");
        ProcessorSize? size = resizes ? ProcessorSize.Read(file, "size", IsSquare(type) || (!crops && !isConvNext)) : null;
        ProcessorSize? cropSize = crops ? ProcessorSize.Read(file, "crop_size", isSquare: true) : null;
        if (size is null)
        {
            return cropSize is null ? null : new HuggingFaceResize(ResizeMode.CenterCrop, 1, cropSize.Pixels);
        }

        (int Width, int Height) pixels = cropSize?.Pixels ?? size.Pixels;
        if (isConvNext && size.Pixels.Width >= ConvNextWarpSize)
        {
            return new HuggingFaceResize(ResizeMode.Stretch, 1, pixels);
        }

        double fraction = (crop ?? 1)
            * Math.Min((double)pixels.Width / size.Pixels.Width, (double)pixels.Height / size.Pixels.Height);
        if (IsType(type, "Levit"))
        {
            fraction /= LevitMargin;
        }

        return new HuggingFaceResize(
            size.IsShortestEdge ? ResizeMode.CenterCrop : ResizeMode.Stretch, (float)Math.Min(1, fraction), pixels);
    }

    /// <summary>Whether a single number as size means both sides, even before a crop. For others it is the shorter side.</summary>
    private static bool IsSquare(string type) => IsType(type, "ViT") || IsType(type, "DeiT") || IsType(type, "Beit");

    private static bool IsType(string type, string start) => type.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
