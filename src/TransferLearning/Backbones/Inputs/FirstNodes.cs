using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones.Inputs;

/// <summary>
/// Finds what range of pixel values a network expects from the arithmetic with constants that it begins with, so that nothing is normalized
/// twice.
/// </summary>
internal static class FirstNodes
{
    private const int Rank = 4;
    private const int Channels = 3;

    /// <summary>A scale below this one makes little of 0..255, and nothing of 0..1.</summary>
    private const double MaxScaleOfBytes = 1 / 16.0;

    /// <param name="graph">A network with one input [N, 3, H, W].</param>
    /// <returns>
    /// 0..255 where the network subtracts more than 1 or divides by a large number; 0..1 where it subtracts a part of 1 or multiplies by a
    /// large number; null where it begins with something else.
    /// </returns>
    public static PixelNormalization? Expected(Graph graph)
    {
        double scale = 1, bias = 0;
        string value = graph.Inputs[0].Name;
        while (graph.Nodes.Where(n => n.Inputs.Contains(value)).ToArray() is [{ } node]
            && node.OperatorName != "BatchNormalization" && Affine(graph, node, value) is { } affine)
        {
            (scale, bias) = (scale * affine.Scale, (bias * affine.Scale) + affine.Bias);
            value = node.Output;
        }

        return (scale, bias) == (1, 0) ? null : RangeOf(Math.Abs(scale), zero: -bias / scale);
    }

    /// <param name="scale">The scale of pixel values.</param>
    /// <param name="zero">The pixel value that becomes 0.</param>
    private static PixelNormalization? RangeOf(double scale, double zero) => (scale, zero) switch
    {
        ( <= MaxScaleOfBytes, _) or (_, > 1) => PixelNormalization.None,
        ( > 1, >= 0) or (_, > 0.1) => PixelNormalization.ZeroToOne,
        _ => null,
    };

    /// <summary>The mean effect of a node on all pixels and channels; null where it does anything but scale and shift.</summary>
    private static (double Scale, double Bias)? Affine(Graph graph, Node node, string value)
    {
        if (ChannelAffine.Of<double>(node, value, Rank, Channels, graph.Initializers.GetValueOrDefault) is { } affine)
        {
            return (affine.Scale.Average(), affine.Bias.Average());
        }

        // A mean image.
        return node.OperatorName == "Sub" && node.Inputs[0] == value
            && graph.Initializers.TryGetValue(node.Inputs[1], out Tensor? mean) && mean is { Type: ElementType.Float32, Length: > 0 }
                ? (1, -mean.Floats.ToArray().Average())
                : null;
    }
}
