using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs;

/// <summary>The name, element type and shape of a graph's input or output. Immutable.</summary>
internal sealed record ValueInfo(string Name, ElementType Type, Shape Shape);
