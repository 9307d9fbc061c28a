namespace TransferLearning.Imaging.Transforms;

/// <summary>Turns an image into a network's input tensor as an <see cref="ImagePreprocessing"/> says. Thread-safe.</summary>
internal static class ImageToTensor
{
    /// <summary>Resizes, crops and normalises.</summary>
    /// <param name="image">The image.</param>
    /// <param name="preprocessing">Size, resize mode, normalisation.</param>
    /// <param name="destination">[Height, Width, 3], written in full.</param>
    public static void Convert(RgbImage image, ImagePreprocessing preprocessing, Span<float> destination) =>
        throw new NotSupportedException();
}
