using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Raises the first input to the power of the second, which may be of another type.</summary>
internal sealed class PowOperator() : Operator("Pow", 2, 2)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        [BinaryFunctions.Combine(call, call.Type(0), call.Type(1) with { Element = call.Type(0).Element })];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        double[] values = call.Value(0).BroadcastTo(type.Shape).ToDoubles();
        double[] exponents = call.Value(1).BroadcastTo(type.Shape).ToDoubles();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Pow(values[i], exponents[i]);
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
    }
}
