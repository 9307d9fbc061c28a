using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>The numbers from a start up to, but not including, a limit, by a step.</summary>
internal sealed class RangeOperator() : Operator("Range", 3, 3)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [TensorType.Of(Numbers(call))];

    public override Tensor[] Evaluate(OperatorCall call) => [Numbers(call)];

    private static Tensor Numbers(OperatorCall call)
    {
        double start = call.Value(0).ToDoubles()[0];
        double limit = call.Value(1).ToDoubles()[0];
        double step = call.Value(2).ToDoubles()[0];
        double count = Math.Max(0, Math.Ceiling((limit - start) / step));
        if (!double.IsFinite(count) || count > Array.MaxLength)
        {
            throw call.Error($"it cannot count from {start} to {limit} by {step}");
        }

        double[] numbers = [.. Enumerable.Range(0, (int)count).Select(i => start + (i * step))];
        return TensorConversion.FromDoubles(call.Type(0).Element, new Shape(numbers.Length), numbers);
    }
}
