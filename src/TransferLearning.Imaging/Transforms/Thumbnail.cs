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

    /// <summary>The part of the image that a network sees, before normalization: resized, and cropped or padded.</summary>
    public static RgbImage Resize(RgbImage image, ImagePreprocessing preprocessing)
    {
        // Padding is 0 in a network's input: the mean color. It is the only color that needs the mean.
        PixelNormalization n = preprocessing.Normalization;
        float[] mean = preprocessing.Resize == ResizeMode.Pad ? [n.MeanR, n.MeanG, n.MeanB] : [0, 0, 0];
        float[] values = new float[preprocessing.Width * preprocessing.Height * 3];
        ImageToTensor.Convert(
            image, preprocessing with { Normalization = new PixelNormalization(mean[0], mean[1], mean[2], 1, 1, 1) }, values);
        byte[] pixels = new byte[values.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Clamp(MathF.Round(values[i] + mean[i % 3]), 0, 255);
        }

        return new RgbImage(preprocessing.Width, preprocessing.Height, pixels);
    }
}
