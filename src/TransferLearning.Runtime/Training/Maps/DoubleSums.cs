using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>
/// Sums over pixels, [pixels][channels] with channels padded to a multiple of 16. Each row of a map is summed in single precision, the rows
/// in double precision. Bounds: every access is below pixels * channels, and below channels for sums.
/// </summary>
internal static unsafe class DoubleSums
{
    /// <summary>Adds the elements of a vector to consecutive sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector<float> values, double* sums)
    {
        Vector.Widen(values, out Vector<double> low, out Vector<double> high);
        (Vector.Load(sums) + low).Store(sums);
        (Vector.Load(sums + Vector<double>.Count) + high).Store(sums + Vector<double>.Count);
    }

    /// <summary>Adds the sums of a row's pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRow(float* x, int pixels, int channels, double* sums)
    {
        for (nint c = 0; c < channels; c += 2 * Vector<float>.Count)
        {
            Vector<float> s0 = default, s1 = default;
            float* v = x + c;
            for (int p = 0; p < pixels; p++, v += channels)
            {
                s0 += Vector.Load(v);
                s1 += Vector.Load(v + Vector<float>.Count);
            }

            Add(s0, sums + c);
            Add(s1, sums + c + Vector<float>.Count);
        }
    }

    /// <summary>Adds the sums of the squared distances of a row's pixels from a mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquares(float* x, float* mean, int pixels, int channels, double* sums)
    {
        for (nint c = 0; c < channels; c += 2 * Vector<float>.Count)
        {
            nint d = c + Vector<float>.Count;
            Vector<float> s0 = default, s1 = default, mean0 = Vector.Load(mean + c), mean1 = Vector.Load(mean + d);
            float* v = x;
            for (int p = 0; p < pixels; p++, v += channels)
            {
                Vector<float> d0 = Vector.Load(v + c) - mean0, d1 = Vector.Load(v + d) - mean1;
                s0 = Vector.MultiplyAddEstimate(d0, d0, s0);
                s1 = Vector.MultiplyAddEstimate(d1, d1, s1);
            }

            Add(s0, sums + c);
            Add(s1, sums + d);
        }
    }
}
