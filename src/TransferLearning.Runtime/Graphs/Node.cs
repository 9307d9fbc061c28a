using System.Collections.Immutable;

namespace TransferLearning.Runtime.Graphs;

/// <summary>
/// One operator of a <see cref="Graph"/>, with ONNX's names and meaning. An empty string among the inputs is an omitted optional input.
/// Immutable.
/// </summary>
internal sealed record Node(
    string OperatorName,
    string Name,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    NodeAttributes Attributes)
{
    public string Output => Outputs[0];

    /// <summary>
    /// Why the node cannot be computed, such as an operator of another domain; null for a node of the default domain that was read. A file
    /// may have such nodes where nothing that is used depends on them.
    /// </summary>
    public string? UnsupportedReason { get; init; }

    /// <summary>
    /// What another runtime needs to compute a node that has an <see cref="UnsupportedReason"/>; null where none can, as for weights that
    /// cannot be read.
    /// </summary>
    public ForeignNode? Foreign { get; init; }

    /// <summary>The node's name in messages: its own, or that of its first output if it has none.</summary>
    public string DisplayName => Name.Length > 0 ? Name : Outputs.Length > 0 ? Outputs[0] : OperatorName;

    public string? InputOrNull(int index) => index < Inputs.Length && Inputs[index].Length > 0 ? Inputs[index] : null;
}
