namespace TransferLearning.Imaging.Transforms;

/// <summary>
/// What happens to an image before a network sees it: resize (antialiased bilinear), then each channel to (value - mean) / scale.
/// Immutable; equal when all settings are equal.
/// </summary>
public sealed record ImagePreprocessing
{
    /// <summary>The input's width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The input's height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>How the aspect ratio is dealt with. Default: <see cref="ResizeMode.Stretch"/>.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>How pixel values become network inputs. Default: -1..1.</summary>
    public PixelNormalization Normalization { get; init; } = PixelNormalization.MinusOneToOne;
}
