using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;

namespace TransferLearning.Runtime.Tests.Operators.Convolution;

public class MatrixProductTests
{
    private static readonly OperatorCall Call = new(new Node("MatMul", "product", [], [], NodeAttributes.None), 21, []);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 5, 24)]
    [InlineData(7, 33, 25)]
    [InlineData(13, 1, 47)]
    [InlineData(50, 64, 100)]
    [InlineData(0, 3, 4)]
    [InlineData(3, 0, 4)]
    [InlineData(3, 4, 0)]
    public void A_product_has_the_sums_of_the_definition_for_matrices_of_both_orders(int rows, int inner, int columns)
    {
        Tensor a = SeededInput.Create(new Shape(rows, inner), 1), b = SeededInput.Create(new Shape(inner, columns), 2);
        float[] expected = new float[rows * columns];
        for (int i = 0; i < expected.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < inner; k++)
            {
                sum += (double)a.Floats[(i / columns * inner) + k] * b.Floats[(k * columns) + (i % columns)];
            }

            expected[i] = (float)sum;
        }

        Tensor transposedA = Transposed(a, rows, inner), transposedB = Transposed(b, inner, columns);
        (MatrixView, MatrixView)[] orders =
        [
            (MatrixView.RowMajor(a, inner), MatrixView.RowMajor(b, columns)),
            (MatrixView.Transposed(transposedA, rows), MatrixView.RowMajor(b, columns)),
            (MatrixView.RowMajor(a, inner), MatrixView.Transposed(transposedB, inner)),
        ];
        foreach ((MatrixView left, MatrixView right) in orders)
        {
            var result = new TensorBuffer<float>(expected.Length);
            MatrixProduct.Run(Call, left, right, [(0, 0, 0)], rows, inner, columns, result);

            Difference.Relative(result.Span, expected).ShouldBeLessThan(2e-6);
        }
    }

    private static Tensor Transposed(Tensor matrix, int rows, int columns)
    {
        float[] values = new float[matrix.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[(i % columns * rows) + (i / columns)] = matrix.Floats[i];
        }

        return Tensor.Create(new Shape(columns, rows), values);
    }
}
