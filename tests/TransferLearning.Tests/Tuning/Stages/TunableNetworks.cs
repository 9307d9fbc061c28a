using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Training;

namespace TransferLearning.Tests.Tuning.Stages;

/// <summary>Small networks with random weights, whose stages are trained in seconds.</summary>
internal static class TunableNetworks
{
    private const int Side = 32;

    /// <summary>Three stages, whose batch normalizations stand beside the convolutions; the last one is a residual block.</summary>
    public static Backbone Normalized { get; } = Build("normalized", (b, x) =>
    {
        x = b.Relu6(b.BatchNormalization(b.Conv(x, 8, 3, 2)));
        x = b.Relu6(b.BatchNormalization(b.Conv(x, 12, 3, 2)));
        x = b.Relu6(b.BatchNormalization(b.Conv(x, 16, 3, 2)));
        x = b.Relu(b.Add(x, b.BatchNormalization(b.Conv(x, 16, 3))));
        return b.Flatten(b.GlobalAveragePool(x));
    });

    /// <summary>Two stages without normalizations. The values between them are too large for float16.</summary>
    public static Backbone Large { get; } = Build("large", (b, x) =>
    {
        x = b.Relu(b.Node("Mul", [b.ConvWithBias(x, 8, 3, 2), b.Constant(Tensor.Scalar(1e6f))]));
        x = b.Relu(b.Node("Mul", [b.ConvWithBias(x, 16, 3, 2), b.Constant(Tensor.Scalar(1e-6f))]));
        return b.Flatten(b.GlobalAveragePool(x));
    });

    /// <summary>Flattens by a shape that is computed from the number of images, as exporters write it.</summary>
    public static Backbone ComputedShape { get; } = BuildComputedShape();

    /// <summary>The last stage has an operator that cannot be trained.</summary>
    public static Backbone WithoutGradient { get; } = Build("untrainable", (b, x) =>
    {
        x = b.Relu(b.ConvWithBias(x, 8, 3, 2));
        x = b.Node("Erf", [b.ConvWithBias(x, 16, 3, 2)]);
        return b.Flatten(b.GlobalAveragePool(x));
    });

    /// <summary>A vision transformer of four blocks, and so of four stages.</summary>
    public static Backbone Transformer { get; } = Build(
        "transformer", (b, x) => b.VisionTransformer(x, Side, patch: 8, channels: 12, blocks: 4), opset: 20);

    /// <summary>The biases of two layers are stored once, as they are equal.</summary>
    public static Backbone SharedWeights { get; } = BuildSharedWeights();

    private static Backbone BuildSharedWeights()
    {
        Backbone separate = Build("shared", (b, x) =>
        {
            x = b.Relu(b.ConvWithBias(x, 16, 3, 2));
            x = b.Relu(b.ConvWithBias(x, 16, 3, 2));
            return b.Flatten(b.GlobalAveragePool(x));
        });
        Graph graph = separate.Graph;
        Node[] convolutions = [.. graph.Nodes.Where(n => n.OperatorName == "Conv")];
        (string stored, string copied) = (convolutions[0].Inputs[2], convolutions[1].Inputs[2]);
        return separate.WithGraph(graph with
        {
            Nodes = [new Node("Identity", "copy", [stored], [copied], NodeAttributes.None), .. graph.Nodes],
            Initializers = graph.Initializers.Remove(copied),
        });
    }

    private static Backbone BuildComputedShape()
    {
        string pooled = "", shape = "";
        Backbone constant = Build("computed", (b, x) =>
        {
            x = b.Relu(b.ConvWithBias(x, 8, 3, 2));
            pooled = b.GlobalAveragePool(b.Relu(b.ConvWithBias(x, 16, 3, 2)));
            shape = b.Constant(Tensor.Vector(1L, 16L));
            return b.Node("Reshape", [pooled, shape]);
        });
        Node[] computing =
        [
            new Node("Shape", "shape", [pooled], ["shape"], NodeAttributes.None),
            new Node("Gather", "images", ["shape", "first"], ["images"], NodeAttributes.None.With("axis", 0L)),
            new Node("Concat", "flat", ["images", "rest"], [shape], NodeAttributes.None.With("axis", 0L)),
        ];
        Graph graph = constant.Graph;
        return Backbone.FromGraph(
            "computed",
            graph with
            {
                Nodes = [.. graph.Nodes[..^1], .. computing, graph.Nodes[^1]],
                Initializers = graph.Initializers.Remove(shape).Add("first", Tensor.Vector(0L)).Add("rest", Tensor.Vector(-1L)),
            },
            new BackboneOptions { Normalization = PixelNormalization.Inception });
    }

    private static Backbone Build(string name, Func<GraphBuilder, string, string> layers, int opset = 13)
    {
        var b = new GraphBuilder(name, opset, seed: 3);
        string features = layers(b, b.Input("input", 1, 3, Side, Side));
        Graph graph = b.Output(features, "features").Build();
        return Backbone.FromGraph(name, graph, new BackboneOptions { Normalization = PixelNormalization.Inception });
    }
}
