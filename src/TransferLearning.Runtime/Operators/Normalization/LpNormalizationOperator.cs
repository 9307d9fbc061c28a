using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>Divides by the sum of the absolute values (p of 1) or its Euclidean norm (p of 2, the default) along an axis.</summary>
internal sealed class LpNormalizationOperator() : Operator("LpNormalization", 1, 1, "axis", "p")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        AxisOf(call);
        return PowerOf(call) is 1 or 2 ? [call.Type(0)] : throw call.Error($"its p {PowerOf(call)} is neither 1 nor 2");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        int axis = AxisOf(call);
        int length = type.Shape[axis], inner = new Shape(type.Shape.Dimensions[(axis + 1)..]).Length;
        bool isAbsolute = PowerOf(call) == 1;
        double[] values = call.Value(0).ToDoubles();
        call.For(values.Length / Math.Max(1, length), 4L * length, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                int start = (i / inner * length * inner) + (i % inner);
                double sum = 0;
                for (int k = 0; k < length; k++)
                {
                    double value = values[start + (k * inner)];
                    sum += isAbsolute ? Math.Abs(value) : value * value;
                }

                double norm = isAbsolute ? sum : Math.Sqrt(sum);
                for (int k = 0; k < length && norm != 0; k++)
                {
                    values[start + (k * inner)] /= norm;
                }
            }
        });

        return [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
    }

    private static long PowerOf(OperatorCall call) => call.Attributes.Integer("p", 2);

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", -1), call.Shape(0).Rank);
}
