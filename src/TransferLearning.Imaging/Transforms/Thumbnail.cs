namespace TransferLearning.Imaging.Transforms;

/// <summary>Makes small copies of images.</summary>
internal static class Thumbnail
{
    /// <summary>Shrinks an image, with its aspect ratio, so that its longer side is at most this long. Never enlarges.</summary>
    public static RgbImage Of(RgbImage image, int longestSide)
    {
        double scale = Math.Min(1, (double)longestSide / Math.Max(image.Width, image.Height));
        return Resize(image, new ImagePreprocessing
        {
            Width = Math.Max(1, (int)Math.Round(image.Width * scale)),
            Height = Math.Max(1, (int)Math.Round(image.Height * scale)),
        });
    }

    /// <summary>The part of the image that a network sees, before normalization: resized and cropped.</summary>
    public static RgbImage Resize(RgbImage image, ImagePreprocessing preprocessing)
    {
        float[] values = new float[preprocessing.Width * preprocessing.Height * 3];
        ImageToTensor.Convert(image, preprocessing with { Normalization = PixelNormalization.None }, values);
        byte[] pixels = Array.ConvertAll(values, v => (byte)Math.Clamp(MathF.Round(v), 0, 255));
        return new RgbImage(preprocessing.Width, preprocessing.Height, pixels);
    }
}
