using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>What one source says about a network's input. A setting that it does not mention is null. Immutable.</summary>
/// <param name="Source">The source.</param>
/// <param name="Reason">What in the source says it, for messages: "image_mean and image_std of preprocessor_config.json".</param>
internal sealed record StatedPreprocessing(PreprocessingSource Source, string Reason)
{
    /// <summary>Means and scales. Its channel order does not matter: <see cref="ChannelOrder"/> says it.</summary>
    public PixelNormalization? Normalization { get; init; }

    public ChannelOrder? ChannelOrder { get; init; }

    public ResizeMode? Resize { get; init; }

    /// <summary>The central part of what <see cref="Resize"/> chooses.</summary>
    public float? CropFraction { get; init; }

    public Interpolation? Interpolation { get; init; }

    /// <summary>Width and height in pixels, for networks that leave them open.</summary>
    public (int Width, int Height)? Size { get; init; }
}
