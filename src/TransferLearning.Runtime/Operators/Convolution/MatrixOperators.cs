namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>Products of matrices.</summary>
internal static class MatrixOperators
{
    public static IEnumerable<Operator> All => [new GemmOperator(), new MatMulOperator()];

    /// <summary>Adds the product of a [rows, inner] and b [inner, columns] to result [rows, columns].</summary>
    public static void Accumulate(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result, int rows, int inner, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            Span<float> target = result.Slice(row * columns, columns);
            for (int k = 0; k < inner; k++)
            {
                float factor = a[(row * inner) + k];
                for (int column = 0; column < columns; column++)
                {
                    target[column] += factor * b[(k * columns) + column];
                }
            }
        }
    }
}
