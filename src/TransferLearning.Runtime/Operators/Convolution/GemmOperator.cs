using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>alpha * A B + beta * C, where A and B are matrices, transposed first if the node says so, and C broadcasts to A B.</summary>
internal sealed class GemmOperator() : Operator("Gemm", 2, 3, "alpha", "beta", "transA", "transB")
{
    /// <summary>The factor of the product.</summary>
    public static float AlphaOf(Node node) => node.Attributes.Float("alpha", 1);

    /// <summary>The factor of the third input.</summary>
    public static float BetaOf(Node node) => node.Attributes.Float("beta", 1);

    /// <summary>Whether the first input is transposed before it is multiplied.</summary>
    public static bool TransposesA(Node node) => node.Attributes.Integer("transA", 0) != 0;

    /// <summary>Whether the second input is transposed before it is multiplied: whether it is [outputs, inputs].</summary>
    public static bool TransposesB(Node node) => node.Attributes.Integer("transB", 0) != 0;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        call.RequireOneType();
        if (call.Shape(0).Rank != 2 || call.Shape(1).Rank != 2)
        {
            throw call.Error($"its inputs {call.Shape(0)} and {call.Shape(1)} are not matrices");
        }

        (int rows, int inner) = Extents(call.Shape(0), TransposesA(call.Node));
        (int innerOfB, int columns) = Extents(call.Shape(1), TransposesB(call.Node));
        if (inner != innerOfB)
        {
            throw call.Error($"its inputs {call.Shape(0)} and {call.Shape(1)} do not fit");
        }

        var result = new Shape(rows, columns);
        return call.Has(2) && !result.Equals(Broadcasting.Combine(call.Shape(2), result))
            ? throw call.Error($"its third input {call.Shape(2)} does not broadcast to {result}")
            : [call.Type(0) with { Shape = result }];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        (int rows, int inner) = Extents(call.Shape(0), TransposesA(call.Node));
        int columns = type.Shape[1];
        TensorBuffer<float> result = type.Element == ElementType.Float32
            ? call.Memory.Output<float>(0, type.Shape.Length)
            : call.Memory.Temporary<float>(type.Shape.Length);
        MatrixView a = View(call, 0, TransposesA(call.Node)), b = View(call, 1, TransposesB(call.Node));
        MatrixProduct.Run(call, a, b, [(0, 0, 0)], rows, inner, columns, result);
        (float alpha, float beta) = (AlphaOf(call.Node), BetaOf(call.Node));
        Tensor? added = call.ValueOrNull(2)?.To(ElementType.Float32);
        if (alpha != 1 || added is not null)
        {
            int[] strides = added is null ? [] : Broadcasting.Strides(added.Shape, type.Shape);
            call.For(rows, columns, (from, to) =>
            {
                for (int row = from; row < to; row++)
                {
                    Span<float> target = result.Span.Slice(row * columns, columns);
                    for (int column = 0; column < columns; column++)
                    {
                        float summand = added is null ? 0 : beta * added.Floats[(row * strides[0]) + (column * strides[1])];
                        target[column] = (alpha * target[column]) + summand;
                    }
                }
            });
        }

        return [result.ToTensor(type.Shape).To(type.Element)];
    }

    private static (int Rows, int Columns) Extents(Shape shape, bool isTransposed) =>
        isTransposed ? (shape[1], shape[0]) : (shape[0], shape[1]);

    private static MatrixView View(OperatorCall call, int input, bool isTransposed) => isTransposed
        ? MatrixView.Transposed(call.FloatTensor(input), call.Shape(input)[1])
        : MatrixView.RowMajor(call.FloatTensor(input), call.Shape(input)[1]);
}
