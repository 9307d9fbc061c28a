using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>Limits elements to a range that attributes (before operator set 11) or inputs give.</summary>
internal sealed class ClipOperator() : Operator("Clip", 1, 3, "min", "max")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [call.Type(0)];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Tensor input = call.Value(0);
        double min = Bound(call, 1, "min", double.NegativeInfinity);
        double max = Bound(call, 2, "max", double.PositiveInfinity);
        double[] values = Array.ConvertAll(input.ToDoubles(), x => Math.Min(Math.Max(x, min), max));
        return [TensorConversion.FromDoubles(input.Type, input.Shape, values)];
    }

    private static double Bound(OperatorCall call, int input, string attribute, double otherwise) =>
        call.ValueOrNull(input) is { } value ? value.ToDoubles()[0]
        : call.Attributes.Has(attribute) ? call.Attributes.Float(attribute, 0)
        : otherwise;
}
