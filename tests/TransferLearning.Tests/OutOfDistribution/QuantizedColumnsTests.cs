using TransferLearning.OutOfDistribution;

namespace TransferLearning.Tests.OutOfDistribution;

public class QuantizedColumnsTests
{
    [Theory]
    [InlineData(127)]
    [InlineData(15)]
    public void The_rounding_error_of_a_column_is_in_proportion_to_its_largest_value(int levels)
    {
        float[] matrix = Matrix();

        float[] rounded = QuantizedColumns.Round(matrix, 3, levels);

        for (int i = 0; i < matrix.Length; i++)
        {
            float largest = Enumerable.Range(0, matrix.Length / 3).Max(r => Math.Abs(matrix[(3 * r) + (i % 3)]));
            rounded[i].ShouldBe(matrix[i], 0.51f * largest / levels);
        }
    }

    [Theory]
    [InlineData(127)]
    [InlineData(15)]
    public void Rounding_a_rounded_matrix_does_not_change_it(int levels)
    {
        float[] once = QuantizedColumns.Round(Matrix(), 3, levels);

        QuantizedColumns.Round(once, 3, levels).ShouldBe(once);
    }

    [Fact]
    public void Columns_of_zeros_and_of_numbers_too_small_to_divide_by_become_zeros() =>
        QuantizedColumns.Round([0, 1e-40f, 2, 0, 0, 1], 3, 127).ShouldBe([0, 0, 2, 0, 0, 1], 0.01f);

    /// <summary>[100, 3]: columns of very different sizes.</summary>
    private static float[] Matrix()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 300).Select(i => (float)((random.NextDouble() - 0.5) * Math.Pow(10, (6 * (i % 3)) - 6)))];
    }
}
