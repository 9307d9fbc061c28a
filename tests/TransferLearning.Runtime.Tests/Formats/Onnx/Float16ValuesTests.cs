using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Runtime.Tests.Formats.Onnx;

public class Float16ValuesTests
{
    private static readonly ushort[] AllBits = [.. Enumerable.Range(0, 1 << 16).Select(b => (ushort)b)];

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Every_value_is_widened_as_Half_widens_it(int start)
    {
        float[] values = new float[AllBits.Length - start];

        Float16Values.Widen(AllBits.AsSpan(start), values);

        for (int i = 0; i < values.Length; i++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf(AllBits[start + i]);
            (BitConverter.SingleToInt32Bits(values[i]) == BitConverter.SingleToInt32Bits(expected)
                || (float.IsNaN(values[i]) && float.IsNaN(expected))).ShouldBeTrue($"{AllBits[start + i]:X4}: {values[i]}");
        }
    }

    [Fact]
    public void Every_finite_value_is_exact()
    {
        Float16Values.AreExact(FiniteValues()).ShouldBeTrue();
    }

    [Fact]
    public void A_value_next_to_a_float16_value_is_not_exact_wherever_it_stands()
    {
        float[] values = FiniteValues();
        for (int i = 0; i < values.Length; i += 7)
        {
            float value = values[i];
            float[] row = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
            int position = i % row.Length;
            row[position] = value;
            Float16Values.AreExact(row).ShouldBeTrue($"{value}");
            row[position] = MathF.BitIncrement(value);
            Float16Values.AreExact(row).ShouldBeFalse($"{row[position]:R}");
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(65536f)]
    [InlineData(-65520f)]
    [InlineData(float.Epsilon)]
    [InlineData(2.98023224e-8f)]
    public void What_float16_does_not_represent_is_not_exact(float value)
    {
        Float16Values.AreExact([value]).ShouldBeFalse();
        Float16Values.AreExact([.. Enumerable.Repeat(value, 64)]).ShouldBeFalse();
    }

    private static float[] FiniteValues() =>
        [.. AllBits.Select(b => (float)BitConverter.UInt16BitsToHalf(b)).Where(float.IsFinite)];
}
