using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Reference;

/// <summary>An output of a <see cref="ReferenceStep"/> that is read: its number, its type and its place in memory.</summary>
internal sealed record ReferenceResult(int Index, TensorType Type, Value Value);
