using System.Collections.Immutable;
using System.Numerics;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>Limits elements to the range given by attributes (before operator set 11) or by inputs.</summary>
internal sealed class ClipOperator() : Operator("Clip", 1, 3, "min", "max")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [call.Type(0)];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Tensor input = call.Value(0);
        double min = MinOf(call.Node, call.ValueOrNull) ?? throw call.Error("its minimum is not a single number");
        double max = MaxOf(call.Node, call.ValueOrNull) ?? throw call.Error("its maximum is not a single number");
        return [UnaryOperator.Apply(call, input, ElementFunction.Of(new Clamp(min, max)))];
    }

    /// <summary>The lower bound of a node, minus infinity by default; null where it is not one known number.</summary>
    /// <param name="node">A Clip node.</param>
    /// <param name="value">The value of an input, by its index, where it is known.</param>
    public static double? MinOf(Node node, Func<int, Tensor?> value) => Bound(node, 1, "min", double.NegativeInfinity, value);

    /// <summary>The upper bound of a node, infinity by default; null where it is not one known number.</summary>
    /// <param name="node">A Clip node.</param>
    /// <param name="value">The value of an input, by its index, where it is known.</param>
    public static double? MaxOf(Node node, Func<int, Tensor?> value) => Bound(node, 2, "max", double.PositiveInfinity, value);

    private static double? Bound(Node node, int input, string attribute, double otherwise, Func<int, Tensor?> value)
    {
        if (node.InputOrNull(input) is null)
        {
            return node.Attributes.Has(attribute) ? node.Attributes.Float(attribute, 0) : otherwise;
        }

        return value(input) is { Length: 1 } bound ? bound.ToDoubles()[0] : null;
    }

    private readonly struct Clamp(double min, double max) : IUnaryFunction
    {
        public double Of(double x) => Math.Min(Math.Max(x, min), max);

        public Vector<float> Of(Vector<float> x) => Vector.Min(Vector.Max(x, Vector.Create((float)min)), Vector.Create((float)max));
    }
}
