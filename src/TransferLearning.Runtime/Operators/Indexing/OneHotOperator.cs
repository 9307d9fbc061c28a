using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// Vectors along a new axis (the last by default) that have one value at the index in the first input and another elsewhere; the second
/// input is their length, the third [elsewhere, at the index]. An index out of range gives a vector without the one value.
/// </summary>
internal sealed class OneHotOperator() : Operator("OneHot", 3, 3, "axis")
{
    private const int MaxDepth = 1 << 24;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape indices = call.Shape(0);
        int axis = AxisOf(call);
        if (call.Shape(2).Length != 2)
        {
            throw call.Error($"its values {call.Shape(2)} are not two numbers");
        }

        return [call.Type(2) with { Shape = new Shape([.. indices.Dimensions[..axis], DepthOf(call), .. indices.Dimensions[axis..]]) }];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        int axis = AxisOf(call), depth = DepthOf(call), inner = new Shape(call.Shape(0).Dimensions[axis..]).Length;
        double[] indices = call.Value(0).ToDoubles(), values = call.Value(2).ToDoubles(), result = new double[type.Shape.Length];
        Array.Fill(result, values[0]);
        for (int i = 0; i < indices.Length; i++)
        {
            double index = indices[i] < 0 ? indices[i] + depth : indices[i];
            if (index >= 0 && index < depth)
            {
                result[(((i / inner * depth) + (int)index) * inner) + (i % inner)] = values[1];
            }
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, result)];
    }

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", -1), call.Shape(0).Rank + 1);

    private static int DepthOf(OperatorCall call) => call.Value(1).ToDoubles() is [>= 0 and <= MaxDepth and var depth]
        ? (int)depth
        : throw call.Error("its depth is not one number from 0 to 2^24");
}
