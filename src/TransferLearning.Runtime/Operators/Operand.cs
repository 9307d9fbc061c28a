using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators;

/// <summary>An input of an operator: its type, and its value where that is known. Immutable.</summary>
internal sealed record Operand(TensorType Type, Tensor? Value)
{
    public Operand(Tensor value)
        : this(TensorType.Of(value), value)
    {
    }
}
