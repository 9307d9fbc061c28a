using System.Collections.Immutable;
using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Makes networks that want other pixel values out of one network: the change of the input goes into the weights of the first convolution,
/// so that nothing in the network tells it.
/// </summary>
internal static class NormalizationVariants
{
    private const int Colors = 3;

    /// <summary>The normalizations that variants want: the usual ones, and some in the other channel order.</summary>
    public static IReadOnlyList<(string Name, PixelNormalization Normalization)> All { get; } =
    [
        ("inception", PixelNormalization.Inception),
        ("torchvision", PixelNormalization.Torchvision),
        ("zero-one", PixelNormalization.ZeroToOne),
        ("none", PixelNormalization.None),
        ("caffe", PixelNormalization.Caffe),
        ("torchvision in BGR order", PixelNormalization.Torchvision with { ChannelOrder = ChannelOrder.Bgr }),
    ];

    /// <summary>The same network for inputs of another normalization.</summary>
    public static Backbone Of(Backbone original, PixelNormalization wanted)
    {
        (Graph graph, PixelNormalization own) = WithoutMeanImage(original);
        Node first = graph.Nodes.First(n => n.OperatorName == "Conv");
        if (first.Inputs[0] != graph.Inputs[0].Name)
        {
            throw new NotSupportedException($"'{original.Name}' does not begin with a convolution");
        }

        Tensor weights = graph.Initializers[first.Inputs[1]];
        string bias = first.Inputs.Length > 2 && first.Inputs[2].Length > 0 ? first.Inputs[2] : "first_bias";
        float[] biases = graph.Initializers.TryGetValue(bias, out Tensor? given) ? given.Floats.ToArray() : new float[weights.Shape[0]];
        float[] changed = Change(weights, own, wanted, biases);
        graph = graph with
        {
            Nodes = graph.Nodes.Replace(first, first with { Inputs = [first.Inputs[0], first.Inputs[1], bias] }),
            Initializers = graph.Initializers
                .SetItem(first.Inputs[1], Tensor.Create(weights.Shape, changed))
                .SetItem(bias, Tensor.Create(new Shape(biases.Length), biases)),
        };
        return new Backbone(original.Name, graph, original.Preprocessing with { Normalization = wanted }, original.FeatureSize);
    }

    // (value - own mean) / own scale = input * factor + offset, where input = (value - wanted mean) / wanted scale.
    private static float[] Change(Tensor weights, PixelNormalization own, PixelNormalization wanted, float[] biases)
    {
        float[] ownMeans = [own.MeanR, own.MeanG, own.MeanB], ownScales = [own.ScaleR, own.ScaleG, own.ScaleB];
        float[] means = [wanted.MeanR, wanted.MeanG, wanted.MeanB], scales = [wanted.ScaleR, wanted.ScaleG, wanted.ScaleB];
        ReadOnlySpan<float> values = weights.Floats;
        float[] changed = new float[values.Length];
        int plane = weights.Shape[2] * weights.Shape[3];
        for (int i = 0; i < values.Length; i++)
        {
            int color = i / plane % Colors, output = i / plane / Colors;
            float factor = scales[color] / ownScales[color], offset = (means[color] - ownMeans[color]) / ownScales[color];
            int channel = wanted.ChannelOrder == own.ChannelOrder ? color : Colors - 1 - color;
            changed[(((output * Colors) + channel) * plane) + (i % plane)] = values[i] * factor;
            biases[output] += values[i] * offset;
        }

        return changed;
    }

    /// <summary>A mean image at the beginning becomes the mean of its values: variants must not be told by it.</summary>
    private static (Graph Graph, PixelNormalization Own) WithoutMeanImage(Backbone original)
    {
        Graph graph = original.Graph;
        PixelNormalization own = original.Preprocessing.Normalization;
        if (graph.Nodes[0] is not { OperatorName: "Sub" } sub)
        {
            return (graph, own);
        }

        float[] mean = graph.Initializers[sub.Inputs[1]].Floats.ToArray();
        float[] colors = [.. mean.Chunk(mean.Length / Colors).Select(c => c.Average())];
        Node second = graph.Nodes[1];
        return (
            graph with
            {
                Nodes = [second with { Inputs = second.Inputs.SetItem(0, sub.Inputs[0]) }, .. graph.Nodes.Skip(2)],
                Initializers = graph.Initializers.Remove(sub.Inputs[1]),
            },
            own with { MeanR = colors[0], MeanG = colors[1], MeanB = colors[2] });
    }
}
