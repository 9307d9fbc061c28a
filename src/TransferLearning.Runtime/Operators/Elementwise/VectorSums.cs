using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Operators.Elementwise;

/// <summary>
/// Sums and extremes of consecutive float32 values; sums are formed in double precision, in an order that does not change.
/// </summary>
internal static class VectorSums
{
    /// <summary>The sum of the values, each after a subtraction, and of their squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double SumOfSquares) Of(ReadOnlySpan<float> values, double subtracted = 0)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var shift = Vector.Create(subtracted);
        Vector<double> lowSums = Vector<double>.Zero, highSums = Vector<double>.Zero;
        Vector<double> lowSquares = Vector<double>.Zero, highSquares = Vector<double>.Zero;
        foreach (Vector<float> vector in vectors)
        {
            Vector.Widen(vector, out Vector<double> low, out Vector<double> high);
            (low, high) = (low - shift, high - shift);
            (lowSums, highSums) = (lowSums + low, highSums + high);
            lowSquares = Vector.MultiplyAddEstimate(low, low, lowSquares);
            highSquares = Vector.MultiplyAddEstimate(high, high, highSquares);
        }

        (double sum, double squares) = (Vector.Sum(lowSums + highSums), Vector.Sum(lowSquares + highSquares));
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
        {
            double difference = value - subtracted;
            (sum, squares) = (sum + difference, squares + (difference * difference));
        }

        return (sum, squares);
    }

    /// <summary>The largest value; minus infinity without values, NaN if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var largest = Vector.Create(float.NegativeInfinity);
        foreach (Vector<float> vector in vectors)
        {
            largest = Vector.Max(largest, vector);
        }

        float result = float.NegativeInfinity;
        for (int i = 0; i < Vector<float>.Count; i++)
        {
            result = MathF.Max(result, largest[i]);
        }

        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
        {
            result = MathF.Max(result, value);
        }

        return result;
    }
}
