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
        var scale = length / size;
        var reach = Math.Max(scale, 1.0);
        Taps = ((int)Math.Ceiling(reach) * 2) + 1;
        _first = new int[size];
        _count = new int[size];
        _weights = new float[size * Taps];
        Span<double> triangle = Taps <= 256 ? stackalloc double[Taps] : new double[Taps];
        for (var i = 0; i < size; i++)
        {
            var center = start + ((i + 0.5) * scale);
            var first = Math.Clamp((int)(center - reach + 0.5), 0, sourceSize - 1);
            var end = Math.Clamp((int)(center + reach + 0.5), first + 1, sourceSize);
            var sum = 0.0;
            for (var k = first; k < end; k++)
            {
                triangle[k - first] = Math.Max(0, 1 - Math.Abs((k + 0.5 - center) / reach));
                sum += triangle[k - first];
            }

            for (var k = 0; k < end - first; k++)
            {
                _weights[(i * Taps) + k] = (float)(triangle[k] / sum);
            }

            (_first[i], _count[i]) = (first, end - first);
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
