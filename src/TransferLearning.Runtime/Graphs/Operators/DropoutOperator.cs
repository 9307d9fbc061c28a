using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>Gives its input as it is, since dropping elements is for training only; the optional mask is all true.</summary>
internal sealed class DropoutOperator() : Operator("Dropout", 1, 3, "ratio", "seed")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        if (call.Has(2) && call.Value(2).Values<bool>()[0])
        {
            throw call.Error("it is set to training, which is not supported; export the model for inference");
        }

        return call.Node.Outputs.Length > 1
            ? [call.Type(0), call.Type(0) with { Element = ElementType.Boolean }]
            : [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Tensor input = call.Value(0);
        return InferTypes(call).Length > 1
            ? [input, Tensor.Create(input.Shape, Enumerable.Repeat(true, input.Length).ToArray())]
            : [input];
    }
}
