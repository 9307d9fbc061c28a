using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Reference;

/// <summary>An input of a <see cref="ReferenceStep"/>: a constant, or a value computed at run time.</summary>
internal sealed record ReferenceOperand(TensorType Type, Tensor? Constant, Value? Value);
