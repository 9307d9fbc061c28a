using TransferLearning.Numerics;

namespace TransferLearning.Tests.Numerics;

public class FourRowsTests
{
    private const int Stride = 70;

    public static TheoryData<int> Lengths => [0, 1, 15, 16, 37, 64];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Four_products_at_once_have_the_bits_of_each_product_alone(int length)
    {
        float[] a = [.. Values(length, seed: 1).Select(v => (float)v)], others = [.. Values(4 * Stride, seed: 2).Select(v => (float)v)];

        (float First, float Second, float Third, float Fourth) products = FourRows.Dot(a, others, Stride);

        products.ShouldBe((Alone(0), Alone(1), Alone(2), Alone(3)));
        float Alone(int i) => DenseVector.Dot(a, others.AsSpan(i * Stride, length));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Four_products_in_double_precision_agree_with_the_scalar_sums(int length)
    {
        double[] a = Values(length, seed: 1), others = Values(4 * Stride, seed: 2);

        (double first, double second, double third, double fourth) = FourRows.Dot(a, others, Stride);

        double[] products = [first, second, third, fourth];
        for (int row = 0; row < 4; row++)
        {
            products[row].ShouldBe(Enumerable.Range(0, length).Sum(i => a[i] * others[(row * Stride) + i]), 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Four_rows_are_added_each_times_its_factor_and_nothing_after_the_vector_changes(int length)
    {
        double[] start = Values(Stride, seed: 3), factors = Values(4, seed: 4), rows = Values(4 * Stride, seed: 5), target = [.. start];

        FourRows.AddScaled(target.AsSpan(0, length), factors, rows, Stride);

        for (int i = 0; i < Stride; i++)
        {
            double added = i < length ? Enumerable.Range(0, 4).Sum(row => factors[row] * rows[(row * Stride) + i]) : 0;
            target[i].ShouldBe(start[i] + added, 1e-15);
        }
    }

    private static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
