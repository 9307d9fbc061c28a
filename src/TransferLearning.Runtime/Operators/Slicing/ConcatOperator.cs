using System.Collections.Immutable;
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
        Shape output = InferTypes(call)[0].Shape;
        int axis = AxisOf(call);
        int outer = new Shape(output.Dimensions[..axis]).Length;
        int[] positions = new int[output.Length];
        int offset = 0;
        int column = 0;
        int row = outer == 0 ? 0 : output.Length / outer;
        List<Tensor> parts = [];
        for (int i = 0; i < call.InputCount; i++)
        {
            parts.Add(call.Value(i));
            int length = outer == 0 ? 0 : parts[i].Length / outer;
            for (int k = 0; k < parts[i].Length; k++)
            {
                positions[(k / length * row) + column + (k % length)] = offset + k;
            }

            offset += parts[i].Length;
            column += length;
        }

        return [TensorSelection.Join(parts).Select(output, positions)];
    }

    /// <summary>The axis, counted from the start.</summary>
    /// <exception cref="InvalidNetworkException">The node has no axis, or not one of its inputs.</exception>
    public static int AxisOf(OperatorCall call) =>
        call.Attributes.Has("axis")
            ? call.Axis(call.Attributes.Integer("axis", 0), call.Shape(0).Rank)
            : throw call.Error("it has no axis");
}
