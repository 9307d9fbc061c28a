using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Imaging.Tests.Transforms;

/// <summary>The reference for <see cref="ImageToTensor"/>: antialiased resizing by its definition, in double precision.</summary>
internal static class ReferenceResize
{
    public static double[] Convert(RgbImage image, ImagePreprocessing preprocessing)
    {
        double w = image.Width;
        double h = image.Height;
        (int width, int height) = (preprocessing.Width, preprocessing.Height);
        if (preprocessing.Resize == ResizeMode.CenterCrop)
        {
            double aspect = (double)width / height;
            (w, h) = w / h > aspect ? (h * aspect, h) : (w, w / aspect);
        }

        if (preprocessing.Resize == ResizeMode.Pad)
        {
            double scale = Math.Min(width / w, height / h) / preprocessing.CropFraction;
            (width, w) = Fit(w, width, scale);
            (height, h) = Fit(h, height, scale);
        }
        else
        {
            w *= preprocessing.CropFraction;
            h *= preprocessing.CropFraction;
        }

        int left = (int)Math.Round((preprocessing.Width - width) / 2.0), top = (int)Math.Round((preprocessing.Height - height) / 2.0);
        double[] result = new double[preprocessing.Width * preprocessing.Height * 3];
        PixelNormalization n = preprocessing.Normalization;
        for (int i = 0; i < width * height * 3; i++)
        {
            (int x, int y) = (i / 3 % width, i / 3 / width);
            int channel = n.ChannelOrder == ChannelOrder.Bgr ? 2 - (i % 3) : i % 3;
            (float mean, float scale) = channel switch { 0 => (n.MeanR, n.ScaleR), 1 => (n.MeanG, n.ScaleG), _ => (n.MeanB, n.ScaleB) };
            double sum = 0.0;
            foreach ((int row, double vertical) in Weights(image.Height, h, height, y, preprocessing.Interpolation))
            {
                double line = Weights(image.Width, w, width, x, preprocessing.Interpolation)
                    .Sum(t => t.Weight * image.Pixels[(((row * image.Width) + t.Index) * 3) + channel]);
                sum += Math.Clamp(line, 0, 255) * vertical;
            }

            int at = ((((top + y) * preprocessing.Width) + left + x) * 3) + (i % 3);
            result[at] = (Math.Clamp(sum, 0, 255) - mean) / scale;
        }

        return result;
    }

    /// <summary>The pixels of the input that a side fills, and the length of the side that is used.</summary>
    private static (int Target, double Source) Fit(double side, int input, double scale)
    {
        double scaled = Math.Round(side * scale);
        return scaled > input ? (input, input / scale) : (Math.Max(1, (int)scaled), side);
    }

    private static List<(int Index, double Weight)> Weights(int size, double part, int outputs, int output, Interpolation interpolation)
    {
        double scale = part / outputs;
        double step = Math.Max(1, scale);
        double center = ((size - part) / 2) + ((output + 0.5) * scale);
        var weights = new List<(int Index, double Weight)>();
        for (int i = 0; i < size; i++)
        {
            double weight = Filter(Math.Abs(i + 0.5 - center) / step, interpolation);
            if (weight != 0)
            {
                weights.Add((i, weight));
            }
        }

        double sum = weights.Sum(t => t.Weight);
        return weights.ConvertAll(t => (t.Index, t.Weight / sum));
    }

    private static double Filter(double x, Interpolation interpolation) => (interpolation, x) switch
    {
        (Interpolation.Bilinear, < 1) => 1 - x,
        (Interpolation.Bicubic, < 1) => (1.5 * x * x * x) - (2.5 * x * x) + 1,
        (Interpolation.Bicubic, < 2) => (-0.5 * x * x * x) + (2.5 * x * x) - (4 * x) + 2,
        _ => 0,
    };
}
