using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Chooses the weights that a file stores in a smaller type, and restores them as float32.</summary>
internal static class WeightStorage
{
    /// <summary>The first operator set with bfloat16, and with scales along an axis for int8.</summary>
    public const int MinOpset = 13;

    /// <summary>The number of weights from which a tensor is worth a node that converts it.</summary>
    public const int MinValues = 64;

    /// <summary>The number of weights from which a tensor is stored as float16 without being asked for, where that loses nothing.</summary>
    public const int MinExactValues = 4096;

    /// <summary>The number of weights per output channel from which a tensor is stored as int8.</summary>
    private const int MinValuesPerChannel = 16;

    /// <summary>
    /// The weights to store as int8, which are those of convolutions and matrix products, each with its axis of output channels.
    /// </summary>
    public static Dictionary<string, int> ChannelAxes(Graph graph)
    {
        var axes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Node node in graph.Nodes)
        {
            if (node.InputOrNull(1) is { } name && graph.Initializers.TryGetValue(name, out Tensor? tensor) && IsLarge(tensor))
            {
                int? axis = node.OperatorName switch
                {
                    // Not depthwise filters: they have too few weights to share a scale, and no long sum averages out their errors.
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
    /// Whether a tensor is worth storing in a smaller type. Vectors (biases, and scales of normalizations) are not: they are few, and no
    /// sum averages out their rounding errors.
    /// </summary>
    public static bool IsLarge(Tensor tensor) =>
        tensor.Type == ElementType.Float32 && tensor.Length >= MinValues && tensor.Shape.Rank >= 2;

    /// <summary>
    /// Whether a tensor is large and float16 represents each of its values exactly, as where the network's own file stores float16.
    /// </summary>
    public static bool IsExactInFloat16(Tensor tensor) =>
        tensor.Type == ElementType.Float32 && tensor.Length >= MinExactValues && Float16Values.AreExact(tensor.Floats);

    /// <summary>Replaces weights stored in a smaller type, and the nodes that convert them, by float32 constants.</summary>
    public static Graph Restore(Graph graph)
    {
        var constants = graph.Initializers.ToBuilder();
        var restored = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>(graph.Nodes.Length);
        foreach (Node node in graph.Nodes)
        {
            if (node is { OperatorName: "Cast" or "DequantizeLinear", UnsupportedReason: null }
                && node.Inputs.All(i => i.Length == 0 || constants.ContainsKey(i)))
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
