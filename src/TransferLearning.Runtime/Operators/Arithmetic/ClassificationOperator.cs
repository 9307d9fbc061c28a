using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Tests each floating-point number on its own, such as for NaN.</summary>
/// <param name="name">The operator's name.</param>
/// <param name="test">The test that the attributes of a node choose.</param>
/// <param name="attributes">The names of the attributes.</param>
internal sealed class ClassificationOperator(string name, Func<OperatorCall, Func<double, bool>> test, params string[] attributes)
    : Operator(name, 1, 1, attributes)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        call.Type(0).Element is ElementType.Float32 or ElementType.Float64
            ? [call.Type(0) with { Element = ElementType.Boolean }]
            : throw call.Error($"its input is of {call.Type(0).Element}, expected floating-point numbers");

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Tensor input = call.Value(0);
        Func<double, bool> isTrue = test(call);
        TensorBuffer<bool> result = call.Memory.Output<bool>(0, input.Length);
        call.For(input.Length, 1, (from, to) =>
        {
            Span<bool> target = result.Span;
            for (int i = from; i < to; i++)
            {
                target[i] = isTrue(input.Type == ElementType.Float32 ? input.Floats[i] : input.Values<double>()[i]);
            }
        });

        return [result.ToTensor(input.Shape)];
    }
}
