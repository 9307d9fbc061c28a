using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Stages;

/// <summary>
/// Which axis of each value has the channels: axis 1 of maps, the last one of tokens, and wherever a transpose moves them.
/// </summary>
internal static class ChannelAxes
{
    /// <param name="graph">A graph whose input is a map.</param>
    /// <param name="types">The types of its values.</param>
    /// <returns>The axes by the names of the values; a value whose channels are not known is left out.</returns>
    public static IReadOnlyDictionary<string, int> Of(Graph graph, IReadOnlyDictionary<string, TensorType> types)
    {
        var axes = graph.Inputs.ToDictionary(i => i.Name, _ => 1, StringComparer.Ordinal);
        foreach (Node node in graph.Nodes)
        {
            foreach (string output in node.Outputs.Where(types.ContainsKey))
            {
                if (AxisOf(node, types[output].Shape.Rank, axes, types) is { } axis)
                {
                    axes[output] = axis;
                }
            }
        }

        return axes;
    }

    private static int? AxisOf(Node node, int rank, Dictionary<string, int> axes, IReadOnlyDictionary<string, TensorType> types)
    {
        switch (node.OperatorName)
        {
            case "Conv" or "BatchNormalization" or "MaxPool" or "AveragePool" or "GlobalAveragePool":
                return 1;
            case "MatMul" or "Gemm" or "LayerNormalization":
                return rank - 1;
            case "Transpose":
                if (!axes.TryGetValue(node.Inputs[0], out int moved) || node.Attributes.Integers("perm") is not { } order)
                {
                    return null;
                }

                int found = ((ImmutableArray<long>)[.. order]).IndexOf(moved);
                return found < 0 ? null : found;
            default:
                // Whatever keeps the axes of an input.
                string? same = node.Inputs.FirstOrDefault(
                    i => axes.ContainsKey(i) && types[i].Shape.Rank == rank && node.OperatorName != "Reshape");
                return same is null ? null : axes[same];
        }
    }
}
