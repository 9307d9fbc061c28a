using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>The number of elements of its input. Needs no input values.</summary>
internal sealed class SizeOperator() : Operator("Size", 1, 1)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [new TensorType(ElementType.Int64, Shape.Scalar)];

    public override Tensor[] Evaluate(OperatorCall call) => [Tensor.Scalar((long)call.Shape(0).Length)];
}
