using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>A tensor of the shape in its input, filled with one value (a float32 0 by default).</summary>
internal sealed class ConstantOfShapeOperator() : Operator("ConstantOfShape", 1, 1, "value")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        [new TensorType(Filling(call).Type, new Shape([.. call.ToIntegers(call.Value(0)).Select(e => checked((int)e))]))];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape shape = InferTypes(call)[0].Shape;
        return [Filling(call).Select(shape, new int[shape.Length])];
    }

    private static Tensor Filling(OperatorCall call) => call.Attributes.Tensor("value") ?? Tensor.Vector(0f);
}
