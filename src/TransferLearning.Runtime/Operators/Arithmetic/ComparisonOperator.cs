using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Compares two tensors element by element; booleans count as 0 and 1.</summary>
internal sealed class ComparisonOperator(string name, Func<double, double, bool> test) : Operator(name, 2, 2)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        [BinaryFunctions.Combine(call, call.Type(0), call.Type(1)) with { Element = ElementType.Boolean }];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape shape = InferTypes(call)[0].Shape;
        double[] a = call.Value(0).BroadcastTo(shape).ToDoubles();
        double[] b = call.Value(1).BroadcastTo(shape).ToDoubles();
        bool[] result = new bool[a.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = test(a[i], b[i]);
        }

        return [Tensor.Create(shape, result)];
    }
}
