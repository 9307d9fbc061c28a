using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>The gradient of a bias: for each channel, the sum over the pixels of all images, first of each image, then of all.</summary>
internal sealed unsafe class BiasSums : IDisposable
{
    private readonly int _stride;
    private readonly AlignedMemory _sums;

    /// <param name="output">The map that the bias is added to.</param>
    /// <param name="maxImages">The largest number of images.</param>
    public BiasSums(BatchMap output, int maxImages)
    {
        _stride = output.Layout.PixelStride;
        _sums = new AlignedMemory(2L * maxImages * _stride);
    }

    private double* Sums => (double*)_sums.Pointer;

    /// <summary>Sums the pixels of some images, one by one.</summary>
    public void Add(MapView gradient, int image, int count)
    {
        for (int i = 0; i < count; i++)
        {
            double* sums = Sums + ((nint)(image + i) * _stride);
            new Span<double>(sums, _stride).Clear();
            for (int y = 0; y < gradient.Layout.Height; y++)
            {
                DoubleSums.AddRow(gradient.ImageAt(i) + ((nint)y * gradient.Layout.RowStride), gradient.Layout.Width, _stride, sums);
            }
        }
    }

    /// <summary>Sums the images, in their order.</summary>
    public void Sum(int images, Span<float> gradient)
    {
        for (int c = 0; c < gradient.Length; c++)
        {
            double sum = 0;
            for (int i = 0; i < images; i++)
            {
                sum += Sums[((nint)i * _stride) + c];
            }

            gradient[c] = (float)sum;
        }
    }

    public void Dispose() => _sums.Dispose();
}
