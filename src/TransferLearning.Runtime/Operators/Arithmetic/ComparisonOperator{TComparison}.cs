using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Compares two tensors element by element; booleans count as 0 and 1.</summary>
internal sealed class ComparisonOperator<TComparison>(string name) : Operator(name, 2, 2)
    where TComparison : struct, IComparison
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        [BinaryFunctions.Combine(call, call.Type(0), call.Type(1)) with { Element = ElementType.Boolean }];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape shape = InferTypes(call)[0].Shape;
        (Tensor a, Tensor b) = (call.Value(0), call.Value(1));
        TensorBuffer<bool> result = call.Memory.Output<bool>(0, shape.Length);
        switch (a.Type)
        {
            case ElementType.Float32:
                BroadcastLoop.Test<TComparison, float>(call, shape, a, b, result);
                break;
            case ElementType.Float64:
                BroadcastLoop.Test<TComparison, double>(call, shape, a, b, result);
                break;
            case ElementType.Int64:
                BroadcastLoop.Test<TComparison, long>(call, shape, a, b, result);
                break;
            case ElementType.Int32:
                BroadcastLoop.Test<TComparison, int>(call, shape, a, b, result);
                break;
            case ElementType.Int8:
                BroadcastLoop.Test<TComparison, sbyte>(call, shape, a, b, result);
                break;
            case ElementType.UInt8 or ElementType.Boolean:
                BroadcastLoop.Test<TComparison, byte>(call, shape, a, b, result);
                break;
            default:
                throw call.Error($"it does not compare {a.Type}");
        }

        return [result.ToTensor(shape)];
    }
}
