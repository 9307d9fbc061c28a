using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Imaging.Tests.Transforms;

/// <summary>The reference for <see cref="ImageToTensor"/>: antialiased bilinear resize by its definition, in double precision.</summary>
internal static class ReferenceResize
{
    public static double[] Convert(RgbImage image, ImagePreprocessing preprocessing)
    {
        double w = image.Width;
        double h = image.Height;
        if (preprocessing.Resize == ResizeMode.CenterCrop)
        {
            double aspect = (double)preprocessing.Width / preprocessing.Height;
            (w, h) = w / h > aspect ? (h * aspect, h) : (w, w / aspect);
        }

        w *= preprocessing.CropFraction;
        h *= preprocessing.CropFraction;
        double[] result = new double[preprocessing.Width * preprocessing.Height * 3];
        PixelNormalization n = preprocessing.Normalization;
        for (int i = 0; i < result.Length; i++)
        {
            (int x, int y) = (i / 3 % preprocessing.Width, i / 3 / preprocessing.Width);
            int channel = n.ChannelOrder == ChannelOrder.Bgr ? 2 - (i % 3) : i % 3;
            (float mean, float scale) = channel switch { 0 => (n.MeanR, n.ScaleR), 1 => (n.MeanG, n.ScaleG), _ => (n.MeanB, n.ScaleB) };
            double sum = 0.0;
            foreach ((int column, double horizontal) in Weights(image.Width, w, preprocessing.Width, x))
            {
                foreach ((int row, double vertical) in Weights(image.Height, h, preprocessing.Height, y))
                {
                    sum += image.Pixels[(((row * image.Width) + column) * 3) + channel] * horizontal * vertical;
                }
            }

            result[i] = (sum - mean) / scale;
        }

        return result;
    }

    private static List<(int Index, double Weight)> Weights(int size, double part, int outputs, int output)
    {
        double scale = part / outputs;
        double reach = Math.Max(1, scale);
        double center = ((size - part) / 2) + ((output + 0.5) * scale);
        var weights = new List<(int Index, double Weight)>();
        for (int i = 0; i < size; i++)
        {
            double weight = 1 - (Math.Abs(i + 0.5 - center) / reach);
            if (weight > 0)
            {
                weights.Add((i, weight));
            }
        }

        double sum = weights.Sum(t => t.Weight);
        return weights.ConvertAll(t => (t.Index, t.Weight / sum));
    }
}
