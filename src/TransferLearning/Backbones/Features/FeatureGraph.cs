using System.Collections.Immutable;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones.Features;

/// <summary>Cuts a network to the part that computes its features, and pools them where they are not one vector per image.</summary>
internal static class FeatureGraph
{
    /// <summary>The first operator set in which ReduceMean has its axes as an input.</summary>
    private const int AxesAsInput = 18;

    /// <summary>The first operator set in which Slice has its ranges as inputs.</summary>
    private const int RangesAsInput = 10;

    /// <summary>
    /// The nodes and weights that a value depends on, with that value as the only output; a map [N, C, H, W] becomes its mean, and tokens
    /// [N, tokens, D] become one of them or their mean.
    /// </summary>
    /// <param name="graph">The whole network, whose first input is the image.</param>
    /// <param name="value">The value's name.</param>
    /// <param name="inputShape">The shape of the input, with an open batch size.</param>
    /// <param name="pooling">
    /// What is taken of tokens; null for the class token, or the mean where there is none: where the number of tokens is a square.
    /// </param>
    /// <exception cref="InvalidNetworkException">
    /// The value is neither of these nor one vector per image, its shape is not known, or a node does not fit the input.
    /// </exception>
    /// <remarks>
    /// Nodes that the embedded runtime does not compute are kept for other engines: <see cref="Graph.UnsupportedReason"/>.
    /// </remarks>
    public static Graph Cut(Graph graph, string value, Shape inputShape, FeaturesPooling? pooling = null)
    {
        ValueInfo input = graph.Inputs[0];
        var one = new Shape([1, .. inputShape.Dimensions[1..]]);
        var output = new ValueInfo(value, ElementType.Float32, new Shape(-1));
        Graph cut = UnusedRemoval.Run(graph with { Outputs = [output] });
        cut = ForeignNodes.Mark(cut);
        foreach (Node node in cut.Nodes)
        {
            if (cut.Inputs.Skip(1).FirstOrDefault(i => node.Inputs.Contains(i.Name)) is { } other)
            {
                throw new InvalidNetworkException(
                    $"the value '{value}' depends on the input '{other.Name}', by the node '{node.DisplayName}' ({node.OperatorName}), "
                    + $"and not only on the image '{input.Name}'");
            }
        }

        cut = cut with { Inputs = [input] };

        Shape shape = Infer(graph, cut, one, value);
        if (shape.Rank < 2 || shape[0] != 1 || shape[1] != shape.Length)
        {
            (cut, value) = (shape.Rank, shape.Rank > 0 ? shape[0] : 0) switch
            {
                (4, 1) => Mean(cut, value),
                (3, 1) => Pool(cut, value, shape[1], pooling),
                _ => throw new InvalidNetworkException(
                    $"the value '{value}' has the shape {shape}, which is not one vector per image, a map or tokens: name another value as "
                    + "features, with --features (BackboneOptions.FeaturesName in code)"),
            };
            shape = Infer(graph, cut, one, value);
        }

        return cut with
        {
            Inputs = [input with { Shape = inputShape }],
            Outputs = [new ValueInfo(value, ElementType.Float32, new Shape([-1, .. shape.Dimensions[1..]]))],
            Metadata = ImmutableSortedDictionary<string, string>.Empty,
        };
    }

    /// <summary>The shape of a value for one image.</summary>
    private static Shape Infer(Graph graph, Graph cut, Shape input, string value)
    {
        Dictionary<string, Shape> inputs = new(StringComparer.Ordinal) { [cut.Inputs[0].Name] = input };
        if (cut.UnsupportedReason is not { } reason)
        {
            return ShapeInference.Infer(cut, inputs)[value].Shape;
        }

        return ShapeInference.InferKnown(cut.WithInputShapes(inputs)).GetValueOrDefault(value)?.Type.Shape
            ?? OfClassifiedVector(graph, value)
            ?? throw new InvalidNetworkException(
                $"the shape of the value '{value}' is not known: {reason}, and the file does not state the shapes of its values. Run "
                + "onnx.shape_inference.infer_shapes on the file, or name another value as features, with --features "
                + "(BackboneOptions.FeaturesName in code)");
    }

    /// <summary>The shape of the input of a fully connected layer, which its weights tell; null for another value.</summary>
    private static Shape? OfClassifiedVector(Graph graph, string value)
    {
        foreach (Node node in graph.Nodes.Where(n => n.OperatorName == "Gemm" && n.Inputs.Length > 1 && n.Inputs[0] == value))
        {
            if (node.UnsupportedReason is null && graph.Initializers.GetValueOrDefault(node.Inputs[1])?.Shape is { Rank: 2 } weights
                && node.Attributes.Integer("transA", 0) == 0)
            {
                return new Shape(1, weights[node.Attributes.Integer("transB", 0) == 0 ? 0 : 1]);
            }
        }

        return null;
    }

    private static (Graph Graph, string Value) Mean(Graph graph, string map)
    {
        string pooled = $"{map}/mean", flat = $"{map}/pooled";
        return Append(
            graph,
            new Node("GlobalAveragePool", pooled, [map], [pooled], NodeAttributes.None),
            new Node("Flatten", flat, [pooled], [flat], NodeAttributes.None.With("axis", 1L)));
    }

    private static (Graph Graph, string Value) Pool(Graph graph, string tokens, int count, FeaturesPooling? pooling)
    {
        int extra = TokenCount.BeforePatches(count);
        switch (pooling ?? (extra == 0 ? FeaturesPooling.Mean : FeaturesPooling.ClassToken))
        {
            case FeaturesPooling.ClassToken:
                string index = $"{tokens}/first";
                return Append(
                    graph with { Initializers = graph.Initializers.SetItem(index, Tensor.Scalar(0L)) },
                    new Node(
                        "Gather",
                        $"{tokens}/class_token",
                        [tokens, index],
                        [$"{tokens}/class_token"],
                        NodeAttributes.None.With("axis", 1L)));
            case FeaturesPooling.Mean:
                (graph, string patches) = extra == 0 ? (graph, tokens) : Skip(graph, tokens, extra, count);
                return MeanOfTokens(graph, patches);
            default:
                throw new ArgumentOutOfRangeException(nameof(pooling), pooling, "not a pooling of tokens");
        }
    }

    /// <summary>Leaves out the tokens before those of image patches.</summary>
    private static (Graph Graph, string Value) Skip(Graph graph, string tokens, int extra, int count)
    {
        string patches = $"{tokens}/patches";
        if (graph.OpsetVersion < RangesAsInput)
        {
            NodeAttributes ranges = NodeAttributes.None
                .With("starts", ImmutableArray.Create((long)extra))
                .With("ends", ImmutableArray.Create((long)count))
                .With("axes", ImmutableArray.Create(1L));
            return Append(graph, new Node("Slice", patches, [tokens], [patches], ranges));
        }

        string[] inputs = [tokens, $"{patches}/starts", $"{patches}/ends", $"{patches}/axes"];
        ImmutableDictionary<string, Tensor> constants = graph.Initializers
            .SetItem(inputs[1], Tensor.Vector((long)extra))
            .SetItem(inputs[2], Tensor.Vector((long)count))
            .SetItem(inputs[3], Tensor.Vector(1L));
        return Append(
            graph with { Initializers = constants }, new Node("Slice", patches, [.. inputs], [patches], NodeAttributes.None));
    }

    private static (Graph Graph, string Value) MeanOfTokens(Graph graph, string tokens)
    {
        string mean = $"{tokens}/mean", axes = $"{mean}/axes";
        NodeAttributes attributes = NodeAttributes.None.With("keepdims", 0L);
        return graph.OpsetVersion < AxesAsInput
            ? Append(graph, new Node("ReduceMean", mean, [tokens], [mean], attributes.With("axes", ImmutableArray.Create(1L))))
            : Append(
                graph with { Initializers = graph.Initializers.SetItem(axes, Tensor.Vector(1L)) },
                new Node("ReduceMean", mean, [tokens, axes], [mean], attributes));
    }

    private static (Graph Graph, string Value) Append(Graph graph, params ReadOnlySpan<Node> nodes) =>
        (graph with { Nodes = [.. graph.Nodes, .. nodes] }, nodes[^1].Output);
}
