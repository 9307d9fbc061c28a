using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Slicing;

/// <summary>Joins tensors along an axis; their other extents are equal.</summary>
internal sealed class ConcatOperator() : Operator("Concat", 1, int.MaxValue, "axis")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape first = call.Shape(0);
        int axis = AxisOf(call);
        int[] extents = first.Dimensions.ToArray();
        extents[axis] = 0;
        foreach (TensorType type in call.Types)
        {
            if (type.Element != call.Type(0).Element || type.Shape.Rank != first.Rank)
            {
                throw call.Error($"its inputs {call.Type(0)} and {type} cannot be joined");
            }

            for (int i = 0; i < extents.Length; i++)
            {
                if (i == axis)
                {
                    extents[i] += type.Shape[i];
                }
                else if (extents[i] != type.Shape[i])
                {
                    throw call.Error($"its inputs {first} and {type.Shape} cannot be joined along the axis {axis}");
                }
            }
        }

        return [call.Type(0) with { Shape = new Shape(extents) }];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        int axis = AxisOf(call);
        TensorBuffer result = call.Memory.Output(0, type.Element, type.Shape.Length);
        int[] strides = StridedIndex.StridesOf(type.Shape);
        int column = 0;
        for (int i = 0; i < call.InputCount; i++)
        {
            Tensor part = call.Value(i);
            StridedCopy.Run(call.Division, part.Shape, part.Whole(), new StridedTarget(result, column * strides[axis], strides));
            column += part.Shape[axis];
        }

        return [result.ToTensor(type.Shape)];
    }

    /// <summary>The axis, counted from the start.</summary>
    /// <exception cref="InvalidNetworkException">The node has no axis, or not one of its inputs.</exception>
    public static int AxisOf(OperatorCall call) =>
        call.Attributes.Has("axis")
            ? call.Axis(call.Attributes.Integer("axis", 0), call.Shape(0).Rank)
            : throw call.Error("it has no axis");
}
