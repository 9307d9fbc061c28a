namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>Matrix products.</summary>
internal static class MatrixOperators
{
    public static IEnumerable<Operator> All => [new GemmOperator { HasKernel = true }, new MatMulOperator { HasKernel = true }];

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
