using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Evaluation;

/// <summary>
/// Infers the element types and shapes of all values of a graph. Values that depend on shapes and constants alone are computed too, since
/// exporters compute the target of a Reshape from the shape of a tensor.
/// </summary>
internal static class ShapeInference
{
    /// <param name="graph">The graph; each of its input shapes must be known, from the graph or from the overrides.</param>
    /// <param name="inputShapes">Shapes of inputs that replace the declared ones.</param>
    /// <returns>The type of every input, initializer and node output.</returns>
    /// <exception cref="InvalidNetworkException">An input shape is not known, or the nodes do not fit each other.</exception>
    public static IReadOnlyDictionary<string, TensorType> Infer(Graph graph, IReadOnlyDictionary<string, Shape>? inputShapes = null)
    {
        var types = new Dictionary<string, TensorType>(StringComparer.Ordinal);
        foreach ((string name, Operand operand) in InferOperands(graph, inputShapes))
        {
            types.Add(name, operand.Type);
        }

        return types;
    }

    /// <summary>As <see cref="Infer"/>, with the values that are constant for these input shapes.</summary>
    public static IReadOnlyDictionary<string, Operand> InferOperands(Graph graph, IReadOnlyDictionary<string, Shape>? inputShapes = null)
    {
        Graph shaped = inputShapes is null ? graph : graph.WithInputShapes(inputShapes);
        ValueInfo? free = shaped.Inputs.FirstOrDefault(i => !i.Shape.IsKnown);
        return free is null
            ? InferNodes(shaped, InferNode)
            : throw new InvalidNetworkException($"the input '{free.Name}' has the shape {free.Shape}; give the extents that are not known");
    }

    /// <summary>
    /// As <see cref="InferOperands"/>, but leaves out the inputs of unknown shape, the nodes that cannot be computed, and the values that
    /// depend on either.
    /// </summary>
    public static IReadOnlyDictionary<string, Operand> InferKnown(Graph graph) => InferNodes(graph, InferOrLeaveOut);

    private static Dictionary<string, Operand> InferNodes(
        Graph graph, Func<Graph, Node, Dictionary<string, Operand>, ComputedConstants, ImmutableArray<Operand>> infer)
    {
        var operands = new Dictionary<string, Operand>(StringComparer.Ordinal);
        var constants = new ComputedConstants(graph);
        foreach ((string name, Tensor value) in graph.Initializers)
        {
            operands.Add(name, new Operand(value));
        }

        foreach (ValueInfo input in graph.Inputs.Where(i => i.Shape.IsKnown))
        {
            operands[input.Name] = new Operand(new TensorType(input.Type, input.Shape), null);
        }

        foreach (Node node in graph.Nodes)
        {
            bool isKnown = node.Inputs.All(i => i.Length == 0 || operands.ContainsKey(i));
            ImmutableArray<Operand> outputs = isKnown ? infer(graph, node, operands, constants) : DeclaredOperands(graph, node);
            for (int i = 0; i < Math.Min(node.Outputs.Length, outputs.Length); i++)
            {
                operands[node.Outputs[i]] = outputs[i];
            }
        }

        return operands;
    }

    private static ImmutableArray<Operand> InferNode(
        Graph graph, Node node, Dictionary<string, Operand> operands, ComputedConstants constants)
    {
        Operator known = OperatorSet.Find(node, graph.OpsetVersion);
        var call = new OperatorCall(node, graph.OpsetVersion, [.. node.Inputs.Select(operands.GetValueOrDefault)]);
        return NetworkFault.Catch(node, graph.OpsetVersion, () =>
        {
            ImmutableArray<TensorType> types = known.InferTypes(call);
            if (!IsComputable(known, node, operands))
            {
                return [.. types.Select(t => new Operand(t, null))];
            }

            constants.Add(call, types);
            return (ImmutableArray<Operand>)[.. known.Evaluate(call).Select(t => new Operand(t))];
        });
    }

    private static ImmutableArray<Operand> InferOrLeaveOut(
        Graph graph, Node node, Dictionary<string, Operand> operands, ComputedConstants constants)
    {
        try
        {
            if (node.UnsupportedReason is null && OperatorSet.Has(node.OperatorName))
            {
                return InferNode(graph, node, operands, constants);
            }
        }
        catch (InvalidNetworkException)
        {
            // What the file declares is the best that is known of a node that cannot be computed.
        }

        return DeclaredOperands(graph, node);
    }

    /// <summary>The outputs of a node by what the file declares: all of them, or none where the shape of one is not known.</summary>
    private static ImmutableArray<Operand> DeclaredOperands(Graph graph, Node node)
    {
        ImmutableArray<Operand>.Builder outputs = ImmutableArray.CreateBuilder<Operand>();
        foreach (string name in node.Outputs)
        {
            if (!graph.DeclaredValues.TryGetValue(name, out ValueInfo? declared) || graph.Inputs.IsEmpty)
            {
                return [];
            }

            // An open first axis is the batch.
            Shape shape = declared.Shape is { Rank: > 0 } open && open[0] < 0 && graph.Inputs[0].Shape.Rank > 0
                ? new Shape([graph.Inputs[0].Shape[0], .. open.Dimensions[1..]])
                : declared.Shape;
            if (!shape.IsKnown)
            {
                return [];
            }

            outputs.Add(new Operand(new TensorType(declared.Type, shape), null));
        }

        return outputs.ToImmutable();
    }

    private static bool IsComputable(Operator known, Node node, Dictionary<string, Operand> operands) =>
        known is ShapeOperator or SizeOperator || node.Inputs.All(i => i.Length == 0 || operands[i].Value is not null);
}
