using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>Products of the matrices in the last two axes; the axes before broadcast, and vectors count as one row or column.</summary>
internal sealed class MatMulOperator() : Operator("MatMul", 2, 2)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        call.RequireOneType();
        (Shape a, Shape b) = (call.Shape(0), call.Shape(1));
        (Shape left, Shape right, Shape batch) = Matrices(call);
        List<int> extents = [.. batch.Dimensions];
        if (a.Rank > 1)
        {
            extents.Add(left[0]);
        }

        if (b.Rank > 1)
        {
            extents.Add(right[1]);
        }

        return [call.Type(0) with { Shape = new Shape([.. extents]) }];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        (Shape left, Shape right, Shape batch) = Matrices(call);
        int[] leftPositions = Broadcasting.Positions(Batch(call.Shape(0)), batch);
        int[] rightPositions = Broadcasting.Positions(Batch(call.Shape(1)), batch);
        (Tensor a, Tensor b) = (call.FloatTensor(0), call.FloatTensor(1));
        (int rows, int inner, int columns) = (left[0], left[1], right[1]);
        (int, int, int)[] starts = [(0, 0, 0)];
        if (b.Length == right.Length && leftPositions.Length > 0)
        {
            // One right matrix for all: the left ones are one matrix with more rows.
            rows *= batch.Length;
        }
        else
        {
            starts =
            [
                .. Enumerable.Range(0, batch.Length)
                    .Select(i => (leftPositions[i] * left.Length, rightPositions[i] * right.Length, i * rows * columns)),
            ];
        }

        TensorBuffer<float> result = type.Element == ElementType.Float32
            ? call.Memory.Output<float>(0, type.Shape.Length)
            : call.Memory.Temporary<float>(type.Shape.Length);
        MatrixProduct.Run(
            call, MatrixView.RowMajor(a, inner), MatrixView.RowMajor(b, columns), starts, rows, inner, columns, result);
        return [result.ToTensor(type.Shape).To(type.Element)];
    }

    private static (Shape Left, Shape Right, Shape Batch) Matrices(OperatorCall call)
    {
        (Shape a, Shape b) = (call.Shape(0), call.Shape(1));
        if (a.Rank == 0 || b.Rank == 0)
        {
            throw call.Error("it does not take scalars");
        }

        Shape left = a.Rank == 1 ? new Shape(1, a[0]) : new Shape(a[-2], a[-1]);
        Shape right = b.Rank == 1 ? new Shape(b[0], 1) : new Shape(b[-2], b[-1]);
        return left[1] == right[0] && Broadcasting.Combine(Batch(a), Batch(b)) is { } batch
            ? (left, right, batch)
            : throw call.Error($"its inputs {a} and {b} do not fit");
    }

    private static Shape Batch(Shape shape) => new(shape.Dimensions[..Math.Max(0, shape.Rank - 2)]);
}
