using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Converts elements to another type; the 16-bit floating-point types become float32.</summary>
internal sealed class CastOperator() : Operator("Cast", 1, 1, "to", "saturate")
{
    private const int Float16 = 10;
    private const int Bfloat16 = 16;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        long to = call.Attributes.Integer("to", 0);
        ElementType type = to is Float16 or Bfloat16 ? ElementType.Float32 : (ElementType)to;
        return type != ElementType.Unsupported && Enum.IsDefined(type)
            ? [call.Type(0) with { Element = type }]
            : throw call.Error($"it casts to the element type {to} of ONNX, which is not supported");
    }

    public override Tensor[] Evaluate(OperatorCall call) => [call.Value(0).To(InferTypes(call)[0].Element)];
}
