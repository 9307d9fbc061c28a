using System.Collections.Immutable;

namespace TransferLearning.Runtime.Graphs;

/// <summary>
/// What a file says of a node that this runtime does not compute, kept so that the node can be written again for another runtime.
/// Immutable.
/// </summary>
/// <param name="Domain">The domain of the operator; empty for ONNX's own.</param>
/// <param name="Attributes">The attributes, each encoded as an ONNX file has it (AttributeProto).</param>
/// <param name="Captured">
/// The names by which graphs among the attributes, such as the branches of an If, use values of the graph around them. These values are the
/// last inputs of the <see cref="Node"/>, so that passes keep them; its own inputs come before them.
/// </param>
internal sealed record ForeignNode(
    string Domain, ImmutableArray<ReadOnlyMemory<byte>> Attributes, ImmutableArray<string> Captured);
