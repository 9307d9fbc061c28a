using TransferLearning.Numerics;

namespace TransferLearning.Tests.Numerics;

public class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void A_solution_times_the_matrix_is_the_right_hand_side(int size)
    {
        double[] matrix = PositiveDefinite(size);
        var random = new Random(size + 1);
        double[] right = [.. Enumerable.Range(0, 2 * size).Select(_ => random.NextDouble())];
        double[] solutions = Cholesky.Solve([.. matrix], right, size, 2);

        for (int i = 0; i < right.Length; i++)
        {
            int start = i / size * size;
            Enumerable.Range(0, size).Sum(k => matrix[(i % size * size) + k] * solutions[start + k]).ShouldBe(right[i], 1e-9);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused() =>
        Should.Throw<ArithmeticException>(() => Cholesky.Solve([1, 2, 2, 1], [1, 1], 2, 1));

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(41)]
    public void The_inverse_factor_times_the_matrix_times_its_transpose_is_the_unit_matrix(int size)
    {
        double[] matrix = PositiveDefinite(size);
        float[] inverse = Cholesky.InverseFactor([.. matrix], size);

        for (int i = 0; i < size * size; i++)
        {
            int r = i / size, c = i % size;
            double product = 0;
            for (int k = 0; k < size * size; k++)
            {
                product += inverse[(r * size) + (k / size)] * matrix[k] * inverse[(c * size) + (k % size)];
            }

            product.ShouldBe(r == c ? 1 : 0, 1e-4);
        }
    }

    [Fact]
    public void The_inverse_factor_whitens_the_matrix()
    {
        // L = [2 0; 1 3], L L' = [4 2; 2 10], and L's inverse is [1/2 0; -1/6 1/3].
        float[] inverse = Cholesky.InverseFactor([4, 2, 2, 10], 2);

        inverse[0].ShouldBe(0.5f, 1e-6f);
        inverse[1].ShouldBe(0);
        inverse[2].ShouldBe(-1f / 6, 1e-6f);
        inverse[3].ShouldBe(1f / 3, 1e-6f);
    }

    private static double[] PositiveDefinite(int size)
    {
        var random = new Random(size);
        double[] root = [.. Enumerable.Range(0, size * size).Select(_ => random.NextDouble() - 0.5)];
        double[] matrix = new double[size * size];
        for (int i = 0; i < matrix.Length; i++)
        {
            int r = i / size, c = i % size;
            matrix[i] = Enumerable.Range(0, size).Sum(k => root[(r * size) + k] * root[(c * size) + k]) + (r == c ? 0.1 : 0);
        }

        return matrix;
    }
}
