using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Reduction;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Recognizes layer normalization (Ba et al., 2016) in the nodes that exporters write for it before operator set 17: the difference of x
/// and its mean, divided by the square root of the mean of its squares plus a small number; then a scale and a shift, if there are any.
/// Over the channels of a map it becomes a normalization over the last axis between two transposes. Needs known input shapes.
/// </summary>
internal static class LayerNormalizationRecognition
{
    public static Graph Run(Graph graph)
    {
        IReadOnlyDictionary<string, Operand> operands = ShapeInference.InferKnown(graph);
        Dictionary<string, List<Node>> readers = graph.Readers();
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes)
        {
            if (node.OperatorName == "Div" && !edit.IsTouched(node) && Standardization(graph, edit, operands, node) is { } found)
            {
                Replace(edit, readers, operands, node, found);
            }
        }

        return edit.Apply();
    }

    /// <summary>
    /// What a quotient standardizes, along which axis, and what it adds to the variance; null where it does anything else.
    /// </summary>
    private static (string Input, int Axis, float Epsilon)? Standardization(
        Graph graph, GraphEdit edit, IReadOnlyDictionary<string, Operand> operands, Node quotient)
    {
        if (edit.Producer(quotient.Inputs[1], "Sqrt") is not { } root
            || edit.Producer(root.Inputs[0], "Add") is not { } sum
            || edit.Producer(quotient.Inputs[0], "Sub") is not { } difference)
        {
            return null;
        }

        int number = edit.Constant(sum.Inputs[0]) is null ? 1 : 0;
        if (edit.Constant(sum.Inputs[number]) is not { Type: ElementType.Float32, Length: 1 } epsilon
            || edit.Producer(sum.Inputs[1 - number], "ReduceMean") is not { } variance
            || !IsSquare(edit, variance.Inputs[0], difference.Output)
            || edit.Producer(difference.Inputs[1], "ReduceMean") is not { } mean
            || mean.Inputs[0] != difference.Inputs[0]
            || AxisOf(graph, operands, mean) is not { } axis
            || AxisOf(graph, operands, variance) != axis)
        {
            return null;
        }

        return (difference.Inputs[0], axis, epsilon.Floats[0]);
    }

    private static bool IsSquare(GraphEdit edit, string value, string of) => edit.Producer(value, "Pow", "Mul") is { } node
        && node.Inputs[0] == of
        && (node.OperatorName == "Mul"
            ? node.Inputs[1] == of
            : edit.Constant(node.Inputs[1]) is { Type: ElementType.Float32, Length: 1 } two && two.Floats[0] == 2);

    /// <summary>The single axis of a reduction that keeps it; null where it has several, or drops it.</summary>
    private static int? AxisOf(Graph graph, IReadOnlyDictionary<string, Operand> operands, Node reduction)
    {
        if (!reduction.Inputs.All(i => i.Length == 0 || operands.ContainsKey(i)) || !ReducedAxes.AreKept(reduction))
        {
            return null;
        }

        var call = new OperatorCall(reduction, graph.OpsetVersion, [.. reduction.Inputs.Select(operands.GetValueOrDefault)]);
        return ReducedAxes.Of(call) is [int axis] ? axis : null;
    }

    private static void Replace(
        GraphEdit edit,
        Dictionary<string, List<Node>> readers,
        IReadOnlyDictionary<string, Operand> operands,
        Node quotient,
        (string Input, int Axis, float Epsilon) found)
    {
        Shape shape = operands[found.Input].Type.Shape;
        int channels = shape[found.Axis];
        bool isOverChannels = shape.Rank == 4 && found.Axis == 1;
        if ((!isOverChannels && found.Axis != shape.Rank - 1) || operands[found.Input].Type.Element != ElementType.Float32)
        {
            return;
        }

        Node last = quotient;
        string? scale = Follow("Mul"), shift = Follow("Add");
        string[] constants =
        [
            VectorOf(scale, 1, "scale"),
            VectorOf(shift, 0, "shift"),
        ];
        edit.Replace(last, [.. Normalization(last, found, constants, isOverChannels)]);

        // The constants, by their name in the file where they are a vector there, as training changes them under that name.
        string VectorOf(string? constant, float otherwise, string suffix) => constant is null
            ? edit.AddConstant(last.Output, suffix, Tensor.Vector(Enumerable.Repeat(otherwise, channels).ToArray()))
            : edit.Constant(constant) is { Shape.Rank: 1 } ? constant
            : edit.AddConstant(last.Output, suffix, Tensor.Vector(edit.Constant(constant)!.Floats.ToArray()));

        // The name of the constants of the node that follows, which the normalization takes over.
        string? Follow(string operatorName)
        {
            if (!edit.IsUsedOnce(last.Output) || readers[last.Output] is not [{ } next] || next.OperatorName != operatorName
                || edit.IsTouched(next))
            {
                return null;
            }

            string name = next.Inputs[next.Inputs[0] == last.Output ? 1 : 0];
            if (edit.Constant(name) is not { Type: ElementType.Float32 } constant
                || constant.Length != channels || constant.Shape.Rank > shape.Rank
                || (channels > 1 && (constant.Shape.Rank < shape.Rank - found.Axis || constant.Shape[found.Axis - shape.Rank] != channels)))
            {
                return null;
            }

            edit.Replace(last);
            last = next;
            return name;
        }
    }

    private static IEnumerable<Node> Normalization(
        Node last, (string Input, int Axis, float Epsilon) found, string[] constants, bool isOverChannels)
    {
        NodeAttributes attributes = NodeAttributes.None.With("axis", -1L).With("epsilon", found.Epsilon);
        if (!isOverChannels)
        {
            return [new Node("LayerNormalization", last.Name, [found.Input, .. constants], [last.Output], attributes)];
        }

        string moved = $"{last.Output}/channels last", normalized = $"{last.Output}/normalized";
        return
        [
            Transpose(found.Input, moved, 0, 2, 3, 1),
            new Node("LayerNormalization", last.Name, [moved, .. constants], [normalized], attributes),
            Transpose(normalized, last.Output, 0, 3, 1, 2),
        ];

        Node Transpose(string from, string to, params ImmutableArray<long> order) => new(
            "Transpose", $"{last.Name}/transpose", [from], [to], NodeAttributes.None.With("perm", order));
    }
}
