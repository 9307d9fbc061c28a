using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Converts elements to the type of the second input, whose values do not matter.</summary>
internal sealed class CastLikeOperator() : Operator("CastLike", 2, 2, "saturate")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [call.Type(0) with { Element = call.Type(1).Element }];

    public override Tensor[] Evaluate(OperatorCall call) => [call.Value(0).To(call.Type(1).Element)];
}
