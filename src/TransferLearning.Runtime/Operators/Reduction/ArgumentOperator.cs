using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Reduction;

/// <summary>The index of the best element along an axis (the first by default); among equal elements, the first or the last.</summary>
internal sealed class ArgumentOperator(string name, Func<double, double, bool> isBetter)
    : Operator(name, 1, 1, "axis", "keepdims", "select_last_index")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int axis = AxisOf(call);
        ReadOnlySpan<int> reduced = ReducedAxes.AreKept(call.Node) ? [1] : [];
        return [new TensorType(ElementType.Int64, new Shape([.. input.Dimensions[..axis], .. reduced, .. input.Dimensions[(axis + 1)..]]))];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape output = InferTypes(call)[0].Shape;
        Shape input = call.Shape(0);
        int axis = AxisOf(call);
        bool last = call.Attributes.Integer("select_last_index", 0) != 0;
        int inner = new Shape(input.Dimensions[(axis + 1)..]).Length;
        double[] values = call.Value(0).ToDoubles();
        long[] result = new long[output.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int start = (i / inner * inner * input[axis]) + (i % inner);
            for (int k = 1; k < input[axis]; k++)
            {
                double candidate = values[start + (k * inner)];
                double best = values[start + ((int)result[i] * inner)];
                if (isBetter(candidate, best) || (last && candidate == best))
                {
                    result[i] = k;
                }
            }
        }

        return [Tensor.Create(output, result)];
    }

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", 0), call.Shape(0).Rank);
}
