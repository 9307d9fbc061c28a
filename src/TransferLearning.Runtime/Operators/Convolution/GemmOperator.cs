using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>alpha * A B + beta * C for matrices A and B, each perhaps transposed, and C that broadcasts to the product.</summary>
internal sealed class GemmOperator() : Operator("Gemm", 2, 3, "alpha", "beta", "transA", "transB")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        if (call.Shape(0).Rank != 2 || call.Shape(1).Rank != 2)
        {
            throw call.Error($"its inputs {call.Shape(0)} and {call.Shape(1)} are not matrices");
        }

        (int rows, int inner) = Extents(call, 0, "transA");
        (int innerOfB, int columns) = Extents(call, 1, "transB");
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
        (int rows, int inner) = Extents(call, 0, "transA");
        float[] values = new float[type.Shape.Length];
        MatrixOperators.Accumulate(Matrix(call, 0, "transA").Floats, Matrix(call, 1, "transB").Floats, values, rows, inner, type.Shape[1]);
        float alpha = call.Attributes.Float("alpha", 1);
        float beta = call.Attributes.Float("beta", 1);
        Tensor? added = call.ValueOrNull(2)?.To(ElementType.Float32).BroadcastTo(type.Shape);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (alpha * values[i]) + (added is null ? 0 : beta * added.Floats[i]);
        }

        return [Tensor.Create(type.Shape, values).To(type.Element)];
    }

    private static (int Rows, int Columns) Extents(OperatorCall call, int input, string transposed)
    {
        Shape shape = call.Shape(input);
        return call.Attributes.Integer(transposed, 0) == 0 ? (shape[0], shape[1]) : (shape[1], shape[0]);
    }

    private static Tensor Matrix(OperatorCall call, int input, string transposed)
    {
        var tensor = Tensor.Create(call.Shape(input), call.Floats(input).ToArray());
        return call.Attributes.Integer(transposed, 0) == 0 ? tensor : TransposeOperator.Transpose(tensor, [1, 0]);
    }
}
