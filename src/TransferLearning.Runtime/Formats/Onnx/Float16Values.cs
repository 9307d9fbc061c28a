using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>
/// Converts float16 values to float32, and finds float32 values that float16 represents exactly. Works on vectors, because networks have
/// millions of weights and <see cref="Half"/> converts one value at a time.
/// </summary>
internal static class Float16Values
{
    private const int SignBit = 0x8000;
    private const int MagnitudeBits = 0x7FFF;
    private const int InfinityBits = 0x7C00;
    private const int FloatInfinityBits = 0x7F800000;
    private const int FloatMagnitudeBits = 0x7FFFFFFF;

    // The fraction has 10 bits in float16 and 23 in float32.
    private const int FractionShift = 13;
    private const int LostFractionBits = (1 << FractionShift) - 1;

    // The exponents' biases are 15 and 127. Multiplication corrects the shifted bits of subnormal values as well.
    private const float BiasFactor = 5.192296858534828e33f;
    private const float SmallestNormal = 6.103515625e-5f;

    /// <summary>Converts each value exactly.</summary>
    /// <param name="source">The bits of float16 values.</param>
    /// <param name="target">As long as <paramref name="source"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<ushort> source, Span<float> target)
    {
        ReadOnlySpan<short> bits = MemoryMarshal.Cast<ushort, short>(source);
        int i = 0;
        for (; i <= bits.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(bits[i..]), out Vector<int> low, out Vector<int> high);
            Widen(low).CopyTo(target[i..]);
            Widen(high).CopyTo(target[(i + Vector<float>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
        }
    }

    /// <summary>Whether float16 represents each of the values exactly; NaN and infinities count as not exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreExact(ReadOnlySpan<float> values)
    {
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var bits = Vector.AsVectorInt32(new Vector<float>(values[i..]));
            var magnitudes = Vector.AsVectorSingle(bits & new Vector<int>(FloatMagnitudeBits));

            // Subnormal values of float16 are multiples of 2^-24, which is the distance between float32 values from 0.5 to 1.
            var half = new Vector<float>(0.5f);
            var subnormal = Vector.LessThan(magnitudes, new Vector<float>(SmallestNormal));
            var isMultiple = Vector.Equals(magnitudes + half - half, magnitudes);
            var losesNothing = Vector.Equals(bits & new Vector<int>(LostFractionBits), Vector<int>.Zero);
            var isInRange = Vector.LessThanOrEqual(magnitudes, new Vector<float>((float)Half.MaxValue));
            if (!Vector.EqualsAll(isInRange & Vector.ConditionalSelect(subnormal, isMultiple, losesNothing), Vector<int>.AllBitsSet))
            {
                return false;
            }
        }

        for (; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]) || (float)(Half)values[i] != values[i])
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Widen(Vector<int> bits)
    {
        Vector<int> magnitudes = bits & new Vector<int>(MagnitudeBits);
        var values = Vector.AsVectorInt32(Vector.AsVectorSingle(magnitudes << FractionShift) * new Vector<float>(BiasFactor));
        Vector<int> infinite = Vector.GreaterThanOrEqual(magnitudes, new Vector<int>(InfinityBits)) & new Vector<int>(FloatInfinityBits);
        return Vector.AsVectorSingle(values | infinite | ((bits & new Vector<int>(SignBit)) << 16));
    }
}
