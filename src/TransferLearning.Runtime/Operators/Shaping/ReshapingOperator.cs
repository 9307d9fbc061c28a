using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>An operator that changes the shape of its first input and keeps the order of the elements.</summary>
internal abstract class ReshapingOperator(string name, int minInputs, int maxInputs, params string[] attributes)
    : Operator(name, minInputs, maxInputs, attributes)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape shape = OutputShape(call, call.Shape(0));
        return shape.Length == call.Shape(0).Length
            ? [call.Type(0) with { Shape = shape }]
            : throw call.Error($"its input {call.Shape(0)} cannot take the shape {shape}");
    }

    public override Tensor[] Evaluate(OperatorCall call) => [call.Value(0).Reshape(InferTypes(call)[0].Shape)];

    protected abstract Shape OutputShape(OperatorCall call, Shape input);
}
