using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Between the weights that a network computes with and the smaller ones that its file may hold.</summary>
internal static class WeightStorage
{
    /// <summary>The first operator set with bfloat16 and with scales along an axis.</summary>
    public const int NewestNeed = 13;

    /// <summary>Fewer weights are not worth the node that converts them.</summary>
    public const int MinValues = 64;

    /// <summary>The smallest filter that int8 is for.</summary>
    private const int MinValuesPerChannel = 16;

    /// <summary>The axis of the output channels of each weight that int8 is for: those of convolutions and matrix products.</summary>
    public static Dictionary<string, int> ChannelAxes(Graph graph)
    {
        var axes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Node node in graph.Nodes)
        {
            if (node.InputOrNull(1) is { } name && graph.Initializers.TryGetValue(name, out Tensor? tensor) && IsWorthIt(tensor))
            {
                int? axis = node.OperatorName switch
                {
                    // Depthwise filters are too small to share a scale, and their errors are never averaged out: they stay as they are.
                    "Conv" when tensor.Length >= MinValuesPerChannel * tensor.Shape[0] => 0,
                    "Gemm" => GemmOperator.TransposesB(node) ? 0 : 1,
                    "MatMul" when tensor.Shape.Rank == 2 => 1,
                    _ => null,
                };
                if (axis is not null)
                {
                    axes[name] = axis.Value;
                }
            }
        }

        return axes;
    }

    /// <summary>
    /// Vectors, biases and scales of normalization, stay as they are: they are few, and what rounding does to them is never evened out by a
    /// sum.
    /// </summary>
    public static bool IsWorthIt(Tensor tensor) =>
        tensor.Type == ElementType.Float32 && tensor.Length >= MinValues && tensor.Shape.Rank >= 2;

    /// <summary>Weights that a file stores smaller, as the constants that they stand for; the stored ones go.</summary>
    public static Graph Restore(Graph graph)
    {
        var constants = graph.Initializers.ToBuilder();
        var restored = new HashSet<string>(StringComparer.Ordinal);
        var nodes = ImmutableArray.CreateBuilder<Node>(graph.Nodes.Length);
        foreach (Node node in graph.Nodes)
        {
            if (node.OperatorName is "Cast" or "DequantizeLinear" && node.Inputs.All(i => i.Length == 0 || constants.ContainsKey(i)))
            {
                ImmutableArray<Operand?> inputs = [.. node.Inputs.Select(i => i.Length > 0 ? new Operand(constants[i]) : null)];
                var call = new OperatorCall(node, graph.OpsetVersion, inputs);
                constants[node.Output] = OperatorSet.Find(node, graph.OpsetVersion).Evaluate(call)[0];
                restored.UnionWith(node.Inputs);
            }
            else
            {
                nodes.Add(node);
            }
        }

        if (restored.Count == 0)
        {
            return graph;
        }

        restored.ExceptWith(nodes.SelectMany(n => n.Inputs));
        restored.ExceptWith(graph.Outputs.Select(o => o.Name));
        constants.RemoveRange(restored);
        return graph with { Nodes = nodes.ToImmutable(), Initializers = constants.ToImmutable() };
    }
}
