using TransferLearning.Numerics;

namespace TransferLearning.Tests.Numerics;

public class SymmetricSpectrumTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(90)]
    public void Eigenvalues_and_products_reproduce_the_quadratic_forms(int n)
    {
        const int Vectors = 3;
        var random = new Random(n);
        double[] matrix = Symmetric(n, random);
        double[] vectors = [.. Enumerable.Range(0, n * Vectors).Select(_ => random.NextDouble() - 0.5)];
        double[] products = [.. vectors];

        double[] eigenvalues = SymmetricSpectrum.Decompose([.. matrix], products, n, Vectors, threads: 2);

        eigenvalues.Sum().ShouldBe(Enumerable.Range(0, n).Sum(i => matrix[(i * n) + i]), 1e-9);
        for (int v = 0; v < Vectors; v++)
        {
            double[] vector = [.. Enumerable.Range(0, n).Select(i => vectors[(i * Vectors) + v])];
            double[] once = Multiply(matrix, vector), twice = Multiply(matrix, once);
            Enumerable.Range(0, n).Sum(i => eigenvalues[i] * Square(products[(i * Vectors) + v])).ShouldBe(Dot(vector, once), 1e-8);
            Enumerable.Range(0, n).Sum(i => Square(eigenvalues[i] * products[(i * Vectors) + v])).ShouldBe(Dot(vector, twice), 1e-7);
        }
    }

    [Fact]
    public void A_matrix_of_low_rank_has_zero_eigenvalues()
    {
        const int N = 20;
        double[] direction = [.. Enumerable.Range(1, N).Select(i => (double)i)];
        double[] matrix = [.. direction.SelectMany(a => direction.Select(b => a * b))];

        double[] eigenvalues = [.. SymmetricSpectrum.Decompose(matrix, new double[N], N, 1, threads: 1).Order()];

        eigenvalues[^1].ShouldBe(Dot(direction, direction), 1e-8);
        eigenvalues[..^1].ShouldAllBe(e => Math.Abs(e) < 1e-9);
    }

    private static double[] Symmetric(int n, Random random)
    {
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[(i * n) + j] = matrix[(j * n) + i] = random.NextDouble() - 0.5;
            }
        }

        return matrix;
    }

    private static double[] Multiply(double[] matrix, double[] vector) =>
        [.. vector.Select((_, i) => Dot(matrix.AsSpan(i * vector.Length, vector.Length), vector))];

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double Square(double value) => value * value;
}
