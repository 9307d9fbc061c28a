using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>
/// The mean and the variance of each channel of a batch; the variance is divided by the count, not by the count - 1. Immutable.
/// </summary>
internal sealed record BatchStatistics(double[] Mean, double[] Variance)
{
    /// <param name="values">[N, C, ...], row-major.</param>
    /// <param name="shape">Their shape.</param>
    public static BatchStatistics Of(double[] values, Shape shape)
    {
        double[] mean = ChannelMeans(shape, (i, _) => values[i]);
        return new BatchStatistics(mean, ChannelMeans(shape, (i, c) => (values[i] - mean[c]) * (values[i] - mean[c])));
    }

    private static double[] ChannelMeans(Shape shape, Func<int, int, double> valueAt)
    {
        int channels = shape[1], plane = new Shape(shape.Dimensions[2..]).Length;
        double[] sums = new double[channels];
        for (int i = 0; i < shape.Length; i++)
        {
            int channel = i / plane % channels;
            sums[channel] += valueAt(i, channel);
        }

        return Array.ConvertAll(sums, s => s * channels / shape.Length);
    }
}
