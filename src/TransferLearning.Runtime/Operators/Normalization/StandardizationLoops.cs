using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Operators.Elementwise;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>Shifts and scales float32 values to the mean 0 and the variance 1. Statistics are computed in double precision.</summary>
internal static class StandardizationLoops
{
    /// <summary>The mean, and the inverse of the standard deviation.</summary>
    public static (double Mean, double Factor) Statistics(ReadOnlySpan<float> values, double epsilon)
    {
        double mean = VectorSums.Of(values).Sum / values.Length;

        // The differences to the rounded mean sum up to its error, which the variance is corrected by.
        (double sum, double squares) = VectorSums.Of(values, mean);
        double variance = (squares - (sum * sum / values.Length)) / values.Length;
        return (mean, 1 / Math.Sqrt(variance + epsilon));
    }

    /// <summary>y = (x - mean) * factor * scale + bias.</summary>
    /// <param name="x">Consecutive values.</param>
    /// <param name="y">As many results.</param>
    /// <param name="statistics">The mean and the factor.</param>
    /// <param name="scale">One number per value, or one for all.</param>
    /// <param name="bias">One number per value, or one for all.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(
        ReadOnlySpan<float> x, Span<float> y, (double Mean, double Factor) statistics, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias)
    {
        // In two parts, so that values far from 0 lose nothing when the mean is subtracted.
        float mean = (float)statistics.Mean, rest = (float)(statistics.Mean - mean), factor = (float)statistics.Factor;
        Vector<float> means = Vector.Create(mean), rests = Vector.Create(rest);
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(x);
        Span<Vector<float>> results = MemoryMarshal.Cast<float, Vector<float>>(y);
        ReadOnlySpan<Vector<float>> scales = MemoryMarshal.Cast<float, Vector<float>>(scale);
        ReadOnlySpan<Vector<float>> biases = MemoryMarshal.Cast<float, Vector<float>>(bias);
        bool hasOneScale = scale.Length == 1, hasOneBias = bias.Length == 1;
        Vector<float> commonScale = Vector.Create(scale[0]), commonBias = Vector.Create(bias[0]);
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector<float> standardized = (vectors[i] - means - rests) * factor;
            results[i] = Vector.MultiplyAddEstimate(
                standardized, hasOneScale ? commonScale : scales[i], hasOneBias ? commonBias : biases[i]);
        }

        for (int i = vectors.Length * Vector<float>.Count; i < x.Length; i++)
        {
            float standardized = (x[i] - mean - rest) * factor;
            y[i] = (standardized * scale[hasOneScale ? 0 : i]) + bias[hasOneBias ? 0 : i];
        }
    }
}
