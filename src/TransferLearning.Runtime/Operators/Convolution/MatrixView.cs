using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>A matrix among the values of a tensor; a transposed matrix is one with other distances.</summary>
/// <param name="Values">A tensor of float32.</param>
/// <param name="RowStride">The distance between neighbors of a column.</param>
/// <param name="ColumnStride">The distance between neighbors of a row.</param>
internal readonly record struct MatrixView(Tensor Values, int RowStride, int ColumnStride)
{
    /// <summary>A row-major matrix.</summary>
    public static MatrixView RowMajor(Tensor values, int columns) => new(values, columns, 1);

    /// <summary>The transpose of a row-major matrix with a number of columns.</summary>
    public static MatrixView Transposed(Tensor values, int columns) => new(values, 1, columns);
}
