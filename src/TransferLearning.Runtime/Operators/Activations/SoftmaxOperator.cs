using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>
/// Softmax along an axis. Before operator set 13 it is over all axes from the given one (1 by default) to the last; since then over the
/// given one (the last by default) alone.
/// </summary>
internal sealed class SoftmaxOperator(string name, bool isLogarithm) : Operator(name, 1, 1, "axis")
{
    private const int OpsetWithSingleAxis = 13;

    /// <summary>Whether a softmax is over its axis alone, not over the axes after it as well.</summary>
    public static bool IsOverSingleAxis(int opset) => opset >= OpsetWithSingleAxis;

    /// <summary>The axis of a node; negative axes count from the end.</summary>
    public static long AxisOf(Node node, int opset) => node.Attributes.Integer("axis", IsOverSingleAxis(opset) ? -1 : 1);

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Extents(call);
        return [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        (int outer, int length, int inner) = Extents(call);
        Tensor input = call.Value(0);
        if (input.Type != ElementType.Float32)
        {
            return [EvaluatePrecisely(call, outer, length, inner)];
        }

        TensorBuffer<float> result = call.Memory.Output<float>(0, input.Length);
        if (inner == 1)
        {
            call.For(outer, 8L * length, (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    SoftmaxLoops.Row(input.Floats.Slice(i * length, length), result.Span.Slice(i * length, length), isLogarithm);
                }
            });
        }
        else
        {
            int blocks = (inner + SoftmaxLoops.MaxColumns - 1) / SoftmaxLoops.MaxColumns;
            call.For(outer * blocks, 8L * length * SoftmaxLoops.MaxColumns, (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    int first = i % blocks * SoftmaxLoops.MaxColumns;
                    int start = (i / blocks * length * inner) + first, columns = Math.Min(SoftmaxLoops.MaxColumns, inner - first);
                    SoftmaxLoops.Columns(input.Floats[start..], result.Span[start..], length, inner, columns, isLogarithm);
                }
            });
        }

        return [result.ToTensor(input.Shape)];
    }

    /// <summary>The definition in double precision, for element types other than float32.</summary>
    private Tensor EvaluatePrecisely(OperatorCall call, int outer, int length, int inner)
    {
        TensorType type = call.Type(0);
        double[] values = call.Value(0).ToDoubles();
        for (int i = 0; i < outer * inner; i++)
        {
            int start = (i / inner * length * inner) + (i % inner);

            // Subtracting the largest keeps the exponentials finite.
            double largest = double.NegativeInfinity;
            for (int k = 0; k < length; k++)
            {
                largest = Math.Max(largest, values[start + (k * inner)]);
            }

            double sum = 0;
            for (int k = 0; k < length; k++)
            {
                sum += Math.Exp(values[start + (k * inner)] - largest);
            }

            double logOfSum = largest + Math.Log(sum);
            for (int k = 0; k < length; k++)
            {
                double difference = values[start + (k * inner)] - logOfSum;
                values[start + (k * inner)] = isLogarithm ? difference : Math.Exp(difference);
            }
        }

        return TensorConversion.FromDoubles(type.Element, type.Shape, values);
    }

    private static (int Outer, int Length, int Inner) Extents(OperatorCall call)
    {
        Shape shape = call.Shape(0);
        int axis = call.Axis(AxisOf(call.Node, call.Opset), shape.Rank);
        int outer = new Shape(shape.Dimensions[..axis]).Length;
        int length = IsOverSingleAxis(call.Opset) ? shape[axis] : new Shape(shape.Dimensions[axis..]).Length;
        return (outer, length, shape.Length / Math.Max(1, outer * length));
    }
}
