namespace TransferLearning.Imaging.Transforms;

/// <summary>Which part of an image is used, and which pixels of a network's input it fills.</summary>
/// <param name="Source">The part of the image.</param>
/// <param name="Left">The first column of the input that is filled.</param>
/// <param name="Top">The first row of the input that is filled.</param>
/// <param name="Width">The number of columns that are filled.</param>
/// <param name="Height">The number of rows that are filled.</param>
internal readonly record struct ImagePlacement(SourceRectangle Source, int Left, int Top, int Width, int Height)
{
    /// <summary>The placement of an image of this size.</summary>
    public static ImagePlacement Of(int width, int height, ImagePreprocessing preprocessing) => preprocessing.Resize switch
    {
        ResizeMode.Stretch or ResizeMode.CenterCrop => new ImagePlacement(
            SourceRectangle.Of(width, height, preprocessing), 0, 0, preprocessing.Width, preprocessing.Height),
        ResizeMode.Pad => Fit(width, height, preprocessing),
        var other => throw new NotSupportedException($"the resize mode {other} is not supported"),
    };

    private static ImagePlacement Fit(int width, int height, ImagePreprocessing preprocessing)
    {
        double scale = Math.Min((double)preprocessing.Width / width, (double)preprocessing.Height / height) / preprocessing.CropFraction;
        (double left, double sourceWidth, int targetLeft, int targetWidth) = FitSide(width, preprocessing.Width, scale);
        (double top, double sourceHeight, int targetTop, int targetHeight) = FitSide(height, preprocessing.Height, scale);
        return new ImagePlacement(
            new SourceRectangle(left, top, sourceWidth, sourceHeight), targetLeft, targetTop, targetWidth, targetHeight);
    }

    /// <summary>A side that is longer than the input's is cropped. Sizes are rounded as Pillow's ImageOps.pad does.</summary>
    private static (double Start, double Length, int TargetStart, int TargetLength) FitSide(int side, int input, double scale)
    {
        double scaled = Math.Round(side * scale);
        if (scaled > input)
        {
            double length = input / scale;
            return ((side - length) / 2, length, 0, input);
        }

        int target = Math.Max(1, (int)scaled);
        return (0, side, (int)Math.Round((input - target) * 0.5), target);
    }
}
