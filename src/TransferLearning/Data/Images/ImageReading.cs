using TransferLearning.Imaging;

namespace TransferLearning.Data.Images;

/// <summary>How images are read. One for all images of a data set, which may be millions. Immutable.</summary>
/// <param name="Formats">The formats that decode them.</param>
/// <param name="Limits">The largest file and image.</param>
internal sealed record ImageReading(ImageFormats Formats, ImageLimits Limits)
{
    /// <summary>The built-in formats, and the default limits.</summary>
    public static ImageReading Default { get; } = new(ImageFormats.BuiltIn, ImageLimits.Default);
}
