using TransferLearning.Numerics;

namespace TransferLearning.Tests.Numerics;

public class LowerTriangleTests
{
    public static TheoryData<int> Sides => [1, 3, 4, 11, 40];

    [Theory]
    [MemberData(nameof(Sides))]
    public void A_square_is_the_triangle_times_its_transpose(int n)
    {
        double[] triangle = Triangle(n, seed: 1);

        double[] square = LowerTriangle.Square(triangle, n);

        for (int i = 0; i < n * n; i++)
        {
            int r = i / n, c = i % n;
            double expected = c <= r ? Enumerable.Range(0, n).Sum(k => triangle[(r * n) + k] * triangle[(c * n) + k]) : 0;
            square[i].ShouldBe(expected, 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void A_product_is_the_product_of_the_full_matrices(int n)
    {
        float[] left = [.. Triangle(n, seed: 2).Select(v => (float)v)];
        double[] right = Triangle(n, seed: 3);

        float[] product = LowerTriangle.Multiply(left, right, n);

        for (int i = 0; i < n * n; i++)
        {
            product[i].ShouldBe((float)Enumerable.Range(0, n).Sum(k => left[(i / n * n) + k] * right[(k * n) + (i % n)]), 1e-6f);
        }
    }

    private static double[] Triangle(int n, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n * n).Select(i => i % n <= i / n ? random.NextDouble() - 0.5 : 0)];
    }
}
