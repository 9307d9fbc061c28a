using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Layers.Normalization;

/// <summary>
/// The mean and the variance of each channel over a batch: first of each image, in two passes while it is in cache, then of all images in
/// their order, by the formula of Chan, Golub and LeVeque (1983), so that no digits are lost where the mean is large.
/// </summary>
internal sealed unsafe class ImageMoments : IDisposable
{
    private readonly BatchMap _map;
    private readonly int _stride;
    private readonly AlignedMemory _moments;

    /// <param name="map">A stored map.</param>
    /// <param name="maxImages">The largest number of images.</param>
    public ImageMoments(BatchMap map, int maxImages)
    {
        (_map, _stride) = (map, map.Layout.PixelStride);
        _moments = new AlignedMemory((4L + 1) * maxImages * _stride);
        MaxImages = maxImages;
    }

    private int MaxImages { get; }

    /// <summary>Computes the moments of one image.</summary>
    public void Compute(int image)
    {
        double* sums = Sums(image);
        float* mean = Mean(image);
        new Span<double>(sums, 2 * _stride).Clear();
        for (int y = 0; y < _map.Layout.Height; y++)
        {
            DoubleSums.AddRow(RowAt(image, y), _map.Layout.Width, _stride, sums);
        }

        for (int c = 0; c < _stride; c++)
        {
            mean[c] = (float)(sums[c] / _map.Pixels);
        }

        for (int y = 0; y < _map.Layout.Height; y++)
        {
            DoubleSums.AddSquares(RowAt(image, y), mean, _map.Layout.Width, _stride, sums + _stride);
        }
    }

    /// <summary>The mean and the biased variance of a channel over all images.</summary>
    public (double Mean, double Variance) Of(int channel, int images)
    {
        double mean = 0, squares = 0;
        for (int i = 0; i < images; i++)
        {
            // The squares are around the rounded mean of the image: what its rounding added is subtracted.
            double own = Sums(i)[channel] / _map.Pixels, rounding = own - Mean(i)[channel];
            double difference = own - mean;
            mean += difference / (i + 1);
            squares += Sums(i)[_stride + channel] - (_map.Pixels * rounding * rounding)
                + (difference * difference * _map.Pixels * i / (i + 1));
        }

        return (mean, Math.Max(0, squares / ((double)images * _map.Pixels)));
    }

    public void Dispose() => _moments.Dispose();

    private float* RowAt(int image, int y) => _map.ImageAt(image) + ((nint)y * _map.Layout.RowStride);

    private double* Sums(int image) => (double*)_moments.Pointer + ((nint)image * 2 * _stride);

    private float* Mean(int image) => _moments.Pointer + (4L * MaxImages * _stride) + ((nint)image * _stride);
}
