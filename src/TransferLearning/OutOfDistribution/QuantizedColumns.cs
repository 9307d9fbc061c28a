using System.Runtime.CompilerServices;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// Matrices quantized to whole numbers, symmetric about 0, with one scale per column: the columns differ by orders of magnitude, and with a
/// scale for each, the rounding error of a column is in proportion to its values. Rounding a rounded matrix again does not change it.
/// </summary>
internal static class QuantizedColumns
{
    // Smaller numbers cannot be divided by.
    private const float MinMagnitude = 1e-30f;

    // A scale has 12 bits of precision, so that its product with a whole number is exact in single precision.
    private const uint ScaleRounding = 1 << 11, ScaleMask = ~((1u << 12) - 1);

    /// <summary>The scales [columns] and the whole numbers [rows, columns].</summary>
    /// <param name="matrix">[rows, columns], finite.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="levels">The largest whole number, 1..127.</param>
    public static (float[] Scales, sbyte[] Numbers) Quantize(ReadOnlySpan<float> matrix, int columns, int levels)
    {
        float[] scales = new float[columns];
        for (int i = 0; i < matrix.Length; i++)
        {
            scales[i % columns] = Math.Max(scales[i % columns], Math.Abs(matrix[i]));
        }

        for (int c = 0; c < columns; c++)
        {
            scales[c] = scales[c] > MinMagnitude
                ? BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(scales[c] / levels) + ScaleRounding) & ScaleMask)
                : 0;
        }

        sbyte[] numbers = new sbyte[matrix.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            float scale = scales[i % columns];
            numbers[i] = scale > 0 ? (sbyte)Math.Clamp(MathF.Round(matrix[i] / scale), -levels, levels) : (sbyte)0;
        }

        return (scales, numbers);
    }

    /// <summary>The matrix [rows, columns], each whole number times the scale of its column.</summary>
    // Loading a model calls this only a few times, on many values: it must not wait for tiered compilation.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[] Restore(ReadOnlySpan<float> scales, ReadOnlySpan<sbyte> numbers)
    {
        float[] matrix = new float[numbers.Length];
        for (int start = 0; start < matrix.Length; start += scales.Length)
        {
            for (int c = 0; c < scales.Length; c++)
            {
                matrix[start + c] = scales[c] * numbers[start + c];
            }
        }

        return matrix;
    }

    /// <summary>The matrix as storing it would round it.</summary>
    public static float[] Round(ReadOnlySpan<float> matrix, int columns, int levels)
    {
        (float[] scales, sbyte[] numbers) = Quantize(matrix, columns, levels);
        return Restore(scales, numbers);
    }
}
