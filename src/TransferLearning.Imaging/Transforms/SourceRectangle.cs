namespace TransferLearning.Imaging.Transforms;

/// <summary>The part of an image that becomes the input of a network, in pixels and fractions of pixels.</summary>
internal readonly record struct SourceRectangle(double Left, double Top, double Width, double Height)
{
    /// <summary>The part of an image of this size that a preprocessing uses.</summary>
    public static SourceRectangle Of(int width, int height, ImagePreprocessing preprocessing)
    {
        double w = width;
        double h = height;
        if (preprocessing.Resize == ResizeMode.CenterCrop)
        {
            // The largest rectangle with the aspect ratio of the input.
            double scale = Math.Min(w / preprocessing.Width, h / preprocessing.Height);
            (w, h) = (preprocessing.Width * scale, preprocessing.Height * scale);
        }

        (w, h) = (w * preprocessing.CropFraction, h * preprocessing.CropFraction);
        return new SourceRectangle((width - w) / 2, (height - h) / 2, w, h);
    }
}
