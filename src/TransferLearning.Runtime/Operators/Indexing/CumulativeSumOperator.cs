using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// The sums of the elements up to each one along the axis in the second input: without the element itself where it is exclusive, from the
/// end where it is reverse.
/// </summary>
internal sealed class CumulativeSumOperator() : Operator("CumSum", 2, 2, "exclusive", "reverse")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        AxisOf(call);
        return [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = call.Type(0);
        int axis = AxisOf(call), extent = type.Shape[axis], inner = new Shape(type.Shape.Dimensions[(axis + 1)..]).Length;
        bool isExclusive = call.Attributes.Integer("exclusive", 0) != 0, isReverse = call.Attributes.Integer("reverse", 0) != 0;
        double[] values = call.Value(0).ToDoubles();
        for (int line = 0; line < values.Length / Math.Max(1, extent); line++)
        {
            int start = (line / inner * extent * inner) + (line % inner);
            double sum = 0;
            for (int i = 0; i < extent; i++)
            {
                ref double value = ref values[start + ((isReverse ? extent - 1 - i : i) * inner)];
                double before = sum;
                sum += value;
                value = isExclusive ? before : sum;
            }
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
    }

    private static int AxisOf(OperatorCall call) => call.ToIntegers(call.Value(1)) is [var axis]
        ? call.Axis(axis, call.Shape(0).Rank)
        : throw call.Error("its axis is not one number");
}
