using System.Collections.Immutable;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones.Inputs;

/// <summary>
/// Gives a network the input that everything else expects, as the first: the image, of float32, [N, 3, H, W]. A network with that input is
/// left as it is.
/// </summary>
/// <remarks>
/// An input of whole numbers becomes one of float32, whose pixel values need not be whole: they are more precise than what the network was
/// made for.
/// </remarks>
internal static class InputNormalization
{
    private const int Channels = 3;

    /// <summary>Operators that only move elements, and so do the same with whole numbers and fractions.</summary>
    private static readonly ImmutableArray<string> Moves =
        ["Concat", "Flatten", "Gather", "Identity", "Reshape", "Slice", "Split", "Squeeze", "Transpose", "Unsqueeze"];

    /// <param name="graph">The network.</param>
    /// <param name="input">Its image input.</param>
    /// <exception cref="InvalidNetworkException">The network computes with whole numbers.</exception>
    public static Graph Run(Graph graph, ImageInput input)
    {
        ValueInfo declared = input.Declared;
        ImmutableArray<ValueInfo> others = [.. graph.Inputs.Where(i => i.Name != declared.Name)];
        graph = graph with { Inputs = [declared, .. others] };
        if (input.IsInteger)
        {
            CheckOnlyMoved(graph, input);
            graph = graph with { Inputs = [declared with { Type = ElementType.Float32 }, .. others] };
        }

        if (input.Layout == ImageLayout.ChannelsLast)
        {
            graph = WithChannelsFirst(graph, input);
        }

        // Also where the network itself begins with two of them, or with a conversion of float32 to float32.
        return IsPlain(graph) ? graph : TransposeSinking.Run(WithoutCasts(graph, input));
    }

    private static bool IsPlain(Graph graph) =>
        !graph.Nodes.Any(n => n.OperatorName is "Transpose" or "Cast" && n.Inputs[0] == graph.Inputs[0].Name);

    private static Graph WithChannelsFirst(Graph graph, ImageInput input)
    {
        string name = input.Declared.Name, transposed = $"{name}/nhwc";
        var edit = new GraphEdit(graph);
        edit.Redirect(name, transposed);
        Graph redirected = edit.Apply();
        var transpose = new Node(
            "Transpose", transposed, [name], [transposed], NodeAttributes.None.With("perm", ImmutableArray.Create(0L, 2, 3, 1)));
        return redirected with
        {
            Inputs =
            [
                new ValueInfo(name, ElementType.Float32, new Shape(input.Declared.Shape[0], Channels, input.Height, input.Width)),
                .. redirected.Inputs.Skip(1),
            ],
            Nodes = [transpose, .. redirected.Nodes],
        };
    }

    /// <summary>Without conversions of float32 to itself, which remain of float16 and of an input of whole numbers.</summary>
    private static Graph WithoutCasts(Graph graph, ImageInput input)
    {
        Shape sample = (input with { Layout = ImageLayout.ChannelsFirst, Declared = graph.Inputs[0] }).SampleShape;
        IReadOnlyDictionary<string, Operand> values = Infer(graph, sample);
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes.Where(n => n.OperatorName == "Cast" && !edit.IsOutput(n.Output)))
        {
            if (values.TryGetValue(node.Inputs[0], out Operand? from) && values.TryGetValue(node.Output, out Operand? to)
                && from.Type.Element == to.Type.Element)
            {
                edit.Redirect(node.Output, node.Inputs[0]);
                edit.Replace(node);
            }
        }

        return edit.Apply();
    }

    private static void CheckOnlyMoved(Graph graph, ImageInput input)
    {
        ValueInfo declared = input.Declared;
        IReadOnlyDictionary<string, Operand> values = Infer(graph, input.SampleShape);
        foreach (Node node in graph.Nodes.Where(n => n.OperatorName is not ("Cast" or "Shape" or "Size")))
        {
            bool takesPixels = node.Inputs.Any(i => IsPixels(values.GetValueOrDefault(i), declared));
            if (takesPixels && !Moves.Contains(node.OperatorName))
            {
                throw new InvalidNetworkException(
                    $"the node '{node.DisplayName}' ({node.OperatorName}) computes with {declared.Type} pixels of the input "
                    + $"'{declared.Name}': only networks that convert them to floating-point numbers (Cast) first are supported");
            }
        }
    }

    private static IReadOnlyDictionary<string, Operand> Infer(Graph graph, Shape sample) =>
        ShapeInference.InferKnown(graph with { Inputs = [graph.Inputs[0] with { Shape = sample }, .. graph.Inputs.Skip(1)] });

    private static bool IsPixels(Operand? value, ValueInfo declared) =>
        value is { Value: null } && value.Type.Element == declared.Type && value.Type.Shape.Rank > 0;
}
