namespace TransferLearning.Imaging.Transforms;

/// <summary>
/// The source samples of each output sample along one axis, and their weights. The filter is a triangle with the width of two samples
/// (bilinear), or a cubic with the width of four. These are output samples when shrinking, so that nothing aliases, and source samples when
/// enlarging. The weights are those of Pillow's BILINEAR and BICUBIC. Immutable.
/// </summary>
internal sealed class ResizeWeights
{
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly float[] _weights;

    /// <summary>Computes the weights.</summary>
    /// <param name="sourceSize">The number of samples of the whole axis.</param>
    /// <param name="start">The start of the part to resize.</param>
    /// <param name="length">The length of the part to resize.</param>
    /// <param name="size">The number of output samples.</param>
    /// <param name="interpolation">The filter.</param>
    public ResizeWeights(int sourceSize, double start, double length, int size, Interpolation interpolation = Interpolation.Bilinear)
    {
        double scale = length / size;
        double step = Math.Max(scale, 1.0);
        double reach = step * Reach(interpolation);
        _first = new int[size];
        _count = new int[size];
        for (int i = 0; i < size; i++)
        {
            double center = start + ((i + 0.5) * scale);
            _first[i] = Math.Clamp((int)(center - reach + 0.5), 0, sourceSize - 1);
            _count[i] = Math.Clamp((int)(center + reach + 0.5), _first[i] + 1, sourceSize) - _first[i];
            Taps = Math.Max(Taps, _count[i]);
        }

        _weights = new float[size * Taps];
        double[] filter = new double[Taps];
        for (int i = 0; i < size; i++)
        {
            double center = start + ((i + 0.5) * scale);
            double sum = 0.0;
            for (int k = 0; k < _count[i]; k++)
            {
                double distance = Math.Abs((_first[i] + k + 0.5 - center) / step);
                filter[k] = interpolation == Interpolation.Bilinear ? Math.Max(0, 1 - distance) : Cubic(distance);
                sum += filter[k];
            }

            for (int k = 0; k < _count[i]; k++)
            {
                _weights[(i * Taps) + k] = (float)(filter[k] / sum);
            }
        }
    }

    /// <summary>The largest number of source samples of an output sample.</summary>
    public int Taps { get; }

    /// <summary>The number of output samples.</summary>
    public int Size => _first.Length;

    /// <summary>The first source sample of each output sample.</summary>
    public ReadOnlySpan<int> First => _first;

    /// <summary>The number of source samples of each output sample.</summary>
    public ReadOnlySpan<int> Count => _count;

    /// <summary>[Size, Taps]; weights beyond <see cref="Count"/> are 0.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The range of all source samples that are used.</summary>
    public (int First, int End) Extent => (_first[0], _first[^1] + _count[^1]);

    private static double Reach(Interpolation interpolation) => interpolation switch
    {
        Interpolation.Bilinear => 1,
        Interpolation.Bicubic => 2,
        _ => throw new NotSupportedException($"the interpolation {interpolation} is not supported"),
    };

    private static double Cubic(double distance) => distance switch
    {
        < 1 => (((1.5 * distance) - 2.5) * distance * distance) + 1,
        < 2 => (((((-0.5 * distance) + 2.5) * distance) - 4) * distance) + 2,
        _ => 0,
    };
}
