using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>A function of two tensors, element by element.</summary>
internal sealed class BinaryOperator<TFunction>(string name) : Operator(name, 2, 2)
    where TFunction : struct, IBinaryFunction
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        [BinaryFunctions.Combine(call, call.Type(0), call.Type(1))];

    public override Tensor[] Evaluate(OperatorCall call) => [BinaryFunctions.Apply<TFunction>(call, call.Value(0), call.Value(1))];
}
