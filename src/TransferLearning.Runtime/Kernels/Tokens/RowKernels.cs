using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Kernels.Tokens;

/// <summary>
/// Kernels over the channels of one token, or the scores of one query. Sums are formed in four vectors, in a fixed order. Bounds: every
/// access is below the given length.
/// </summary>
internal static unsafe class RowKernels
{
    /// <summary>Layer normalization of one row (Ba et al., 2016): (x - mean) / sqrt(variance + epsilon) * scale + shift.</summary>
    /// <param name="x">[length].</param>
    /// <param name="scale">[length].</param>
    /// <param name="shift">[length].</param>
    /// <param name="y">[length]; may be <paramref name="x"/>.</param>
    /// <param name="length">The number of values.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(float* x, float* scale, float* shift, float* y, nint length, float epsilon)
    {
        int lanes = Vector<float>.Count;
        float mean = Sum(x, length) / length;
        var center = new Vector<float>(mean);
        Vector<float> s0 = Vector<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
        nint i = 0;
        for (; i <= length - (4 * lanes); i += 4 * lanes)
        {
            Vector<float> d0 = Vector.Load(x + i) - center, d1 = Vector.Load(x + i + lanes) - center;
            Vector<float> d2 = Vector.Load(x + i + (2 * lanes)) - center, d3 = Vector.Load(x + i + (3 * lanes)) - center;
            s0 = Vector.MultiplyAddEstimate(d0, d0, s0);
            s1 = Vector.MultiplyAddEstimate(d1, d1, s1);
            s2 = Vector.MultiplyAddEstimate(d2, d2, s2);
            s3 = Vector.MultiplyAddEstimate(d3, d3, s3);
        }

        for (; i <= length - lanes; i += lanes)
        {
            Vector<float> d = Vector.Load(x + i) - center;
            s0 = Vector.MultiplyAddEstimate(d, d, s0);
        }

        float squares = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < length; i++)
        {
            squares += (x[i] - mean) * (x[i] - mean);
        }

        float inverse = 1 / MathF.Sqrt((squares / length) + epsilon);
        var factor = new Vector<float>(inverse);
        for (i = 0; i <= length - lanes; i += lanes)
        {
            Vector<float> standard = (Vector.Load(x + i) - center) * factor;
            Vector.Store(Vector.MultiplyAddEstimate(standard, Vector.Load(scale + i), Vector.Load(shift + i)), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = ((x[i] - mean) * inverse * scale[i]) + shift[i];
        }
    }

    /// <summary>y = exp(x - maximum); returns the sum, by which the caller divides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Exponentials(float* x, float* y, nint length)
    {
        int lanes = Vector<float>.Count;
        float maximum = Maximum(x, length);
        var shift = new Vector<float>(maximum);
        Vector<float> s0 = Vector<float>.Zero, s1 = s0;
        nint i = 0;
        for (; i <= length - (2 * lanes); i += 2 * lanes)
        {
            Vector<float> e0 = Exponential.Of(Vector.Load(x + i) - shift), e1 = Exponential.Of(Vector.Load(x + i + lanes) - shift);
            Vector.Store(e0, y + i);
            Vector.Store(e1, y + i + lanes);
            s0 += e0;
            s1 += e1;
        }

        for (; i <= length - lanes; i += lanes)
        {
            Vector<float> e = Exponential.Of(Vector.Load(x + i) - shift);
            Vector.Store(e, y + i);
            s0 += e;
        }

        float sum = Vector.Sum(s0 + s1);
        for (; i < length; i++)
        {
            y[i] = Exponential.Of(new Vector<float>(x[i] - maximum))[0];
            sum += y[i];
        }

        return sum;
    }

    /// <summary>y = x * factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* x, float* y, nint length, float factor)
    {
        var f = new Vector<float>(factor);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(Vector.Load(x + i) * f, y + i);
        }

        for (; i < length; i++)
        {
            y[i] = x[i] * factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(float* x, nint length)
    {
        int lanes = Vector<float>.Count;
        Vector<float> s0 = Vector<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
        nint i = 0;
        for (; i <= length - (4 * lanes); i += 4 * lanes)
        {
            s0 += Vector.Load(x + i);
            s1 += Vector.Load(x + i + lanes);
            s2 += Vector.Load(x + i + (2 * lanes));
            s3 += Vector.Load(x + i + (3 * lanes));
        }

        for (; i <= length - lanes; i += lanes)
        {
            s0 += Vector.Load(x + i);
        }

        float sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < length; i++)
        {
            sum += x[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Maximum(float* x, nint length)
    {
        int lanes = Vector<float>.Count;
        float maximum = float.NegativeInfinity;
        nint i = 0;
        if (length >= 2 * lanes)
        {
            Vector<float> m0 = Vector.Load(x), m1 = Vector.Load(x + lanes);
            for (i = 2 * lanes; i <= length - (2 * lanes); i += 2 * lanes)
            {
                m0 = Vector.Max(m0, Vector.Load(x + i));
                m1 = Vector.Max(m1, Vector.Load(x + i + lanes));
            }

            m0 = Vector.Max(m0, m1);
            for (int lane = 0; lane < lanes; lane++)
            {
                maximum = MathF.Max(maximum, m0[lane]);
            }
        }

        for (; i < length; i++)
        {
            maximum = MathF.Max(maximum, x[i]);
        }

        return maximum;
    }
}
