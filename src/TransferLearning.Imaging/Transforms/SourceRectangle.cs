namespace TransferLearning.Imaging.Transforms;

/// <summary>The part of an image that becomes the network's input, in pixels, not necessarily whole ones.</summary>
internal readonly record struct SourceRectangle(double Left, double Top, double Width, double Height)
{
    /// <summary>The part that a preprocessing takes of an image of this size.</summary>
    public static SourceRectangle Of(int width, int height, ImagePreprocessing preprocessing)
    {
        double w = width;
        double h = height;
        if (preprocessing.Resize == ResizeMode.CenterCrop)
        {
            // The largest rectangle with the input's aspect ratio.
            double scale = Math.Min(w / preprocessing.Width, h / preprocessing.Height);
            (w, h) = (preprocessing.Width * scale, preprocessing.Height * scale);
        }

        (w, h) = (w * preprocessing.CropFraction, h * preprocessing.CropFraction);
        return new SourceRectangle((width - w) / 2, (height - h) / 2, w, h);
    }
}
