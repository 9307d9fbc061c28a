using TransferLearning.PseudoLabeling;

namespace TransferLearning.Tests.PseudoLabeling;

public class CholeskySolverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void A_solution_times_the_matrix_is_the_right_hand_side(int size)
    {
        var random = new Random(size);
        double[] root = [.. Enumerable.Range(0, size * size).Select(_ => random.NextDouble() - 0.5)];
        var matrix = new double[size * size];
        for (int i = 0; i < matrix.Length; i++)
        {
            int r = i / size, c = i % size;
            matrix[i] = Enumerable.Range(0, size).Sum(k => root[r * size + k] * root[c * size + k]) + (r == c ? 0.1 : 0);
        }

        double[] right = [.. Enumerable.Range(0, 2 * size).Select(_ => random.NextDouble())];
        double[] solutions = CholeskySolver.Solve([.. matrix], right, size, 2);

        for (int i = 0; i < right.Length; i++)
        {
            int start = i / size * size;
            Enumerable.Range(0, size).Sum(k => matrix[i % size * size + k] * solutions[start + k]).ShouldBe(right[i], 1e-9);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused() =>
        Should.Throw<ArithmeticException>(() => CholeskySolver.Solve([1, 2, 2, 1], [1, 1], 2, 1));
}
