using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Tests.Kernels;

public unsafe class ElementwiseTests
{
    /// <summary>Whole vectors of any width, and a tail.</summary>
    private const int Length = 37;

    public static TheoryData<string, Func<float, float, float>> Operations => new()
    {
        { nameof(BinaryOperation.Add), static (a, b) => a + b },
        { nameof(BinaryOperation.Subtract), static (a, b) => a - b },
        { nameof(BinaryOperation.Multiply), static (a, b) => a * b },
        { nameof(BinaryOperation.Divide), static (a, b) => a / b },
        { nameof(BinaryOperation.Minimum), MathF.Min },
        { nameof(BinaryOperation.Maximum), MathF.Max },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_of_two_operands_is_computed_element_by_element_and_clamped(string name, Func<float, float, float> operation)
    {
        float[] a = Randoms(1, Length), b = Randoms(2, Length), result = new float[Length];

        fixed (float* x = a, y = b, target = result)
        {
            Elementwise.Binary(Enum.Parse<BinaryOperation>(name), x, y, target, Length, -0.5f, 0.75f);
        }

        result.ShouldBe(a.Zip(b, (x, y) => Math.Clamp(operation(x, y), -0.5f, 0.75f)));
    }

    [Fact]
    public void An_unknown_operation_is_refused()
    {
        float value = 1;
        float* x = &value;

        Should.Throw<ArgumentOutOfRangeException>(() => Elementwise.Binary((BinaryOperation)99, x, x, x, 1, 0, 1))
            .Message.ShouldContain("99");
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(2, Length)]
    public void Each_row_is_scaled_by_its_own_factor(int rows, int length)
    {
        float[] values = Randoms(3, rows * length), factors = Randoms(4, rows), result = new float[values.Length];

        fixed (float* x = values, f = factors, y = result)
        {
            Elementwise.ScaleRows(x, f, y, rows, length);
        }

        result.ShouldBe(values.Select((v, i) => v * factors[i / length]));
    }

    [Theory]
    [InlineData(1, 7, 64)]
    [InlineData(3, 3, 100)]
    [InlineData(2, 5, 37)]
    [InlineData(3, 1, 5)]
    [InlineData(1, 1, 96)]
    public void Pixels_of_a_window_are_combined_channel_by_channel(int rows, int columns, int channels)
    {
        const int PixelStride = 112;
        int rowStride = (columns + 2) * PixelStride;
        float[] values = Randoms(5, rows * rowStride), sums = new float[channels + 1], maxima = new float[channels + 1];

        fixed (float* x = values, sum = sums, maximum = maxima)
        {
            var window = new PixelBlock(rows, rowStride, columns, PixelStride);
            Elementwise.SumPixels(x, window, sum, channels);
            Elementwise.MaximumOfPixels(x, window, maximum, channels);
        }

        float[][] pixels = [.. Enumerable.Range(0, channels).Select(
            c => Enumerable.Range(0, rows * columns)
                .Select(i => values[c + (i / columns * rowStride) + (i % columns * PixelStride)])
                .ToArray())];
        sums[..channels].ShouldBe(pixels.Select(static p => p.Aggregate(static (a, b) => a + b)));
        maxima[..channels].ShouldBe(pixels.Select(static p => p.Max()));
        sums[channels].ShouldBe(0, "nothing is written beyond the channels");
        maxima[channels].ShouldBe(0, "nothing is written beyond the channels");
    }

    private static float[] Randoms(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
