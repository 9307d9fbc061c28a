namespace TransferLearning.Imaging.Transforms;

/// <summary>
/// Which source samples make each output sample along one axis, and with which weights: a triangle as wide as an output sample
/// when shrinking (so nothing aliases), as a source sample when enlarging. These are Pillow's BILINEAR weights. Immutable.
/// </summary>
internal sealed class ResizeWeights
{
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly float[] _weights;

    /// <summary>Computes the weights.</summary>
    /// <param name="sourceSize">Samples of the whole axis.</param>
    /// <param name="start">Where the part to resize starts.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="size">Samples to make of it.</param>
    public ResizeWeights(int sourceSize, double start, double length, int size)
    {
        double scale = length / size;
        double reach = Math.Max(scale, 1.0);
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
        double[] triangle = new double[Taps];
        for (int i = 0; i < size; i++)
        {
            double center = start + ((i + 0.5) * scale);
            double sum = 0.0;
            for (int k = 0; k < _count[i]; k++)
            {
                triangle[k] = Math.Max(0, 1 - Math.Abs((_first[i] + k + 0.5 - center) / reach));
                sum += triangle[k];
            }

            for (int k = 0; k < _count[i]; k++)
            {
                _weights[(i * Taps) + k] = (float)(triangle[k] / sum);
            }
        }
    }

    /// <summary>The most samples that one output sample is made of.</summary>
    public int Taps { get; }

    /// <summary>Number of output samples.</summary>
    public int Size => _first.Length;

    /// <summary>The first source sample of each output sample.</summary>
    public ReadOnlySpan<int> First => _first;

    /// <summary>How many source samples each output sample is made of.</summary>
    public ReadOnlySpan<int> Count => _count;

    /// <summary>[Size, Taps]; those beyond <see cref="Count"/> are 0.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The source samples that any output sample is made of.</summary>
    public (int First, int End) Extent => (_first[0], _first[^1] + _count[^1]);
}
