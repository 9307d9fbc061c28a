using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>The image, with the arithmetic that a network begins with.</content>
internal sealed partial class GraphLowering
{
    /// <summary>
    /// Defines the image. Arithmetic with one constant per channel is left to the copy of the image into the network's memory, where
    /// nothing else reads what it reads.
    /// </summary>
    /// <param name="name">The network's input.</param>
    /// <param name="output">The network's output.</param>
    private (Value Image, InputScaling? Scaling) DefineImage(string name, string output)
    {
        Shape shape = ShapeOf(name);
        int channels = shape[1];
        double[] scale = [.. Enumerable.Repeat(1.0, channels)];
        double[] shift = new double[channels];
        string value = name;
        while (LeadingAffine(value, output) is { } leading)
        {
            for (int c = 0; c < channels; c++)
            {
                (scale[c], shift[c]) =
                    (scale[c] * leading.Affine.Scale[c], (shift[c] * leading.Affine.Scale[c]) + leading.Affine.Bias[c]);
            }

            _fused.Add(leading.Node);
            value = leading.Node.Output;
        }

        Value image = DefineInput(value);
        return value == name
            ? (image, null)
            : (image, new InputScaling(Array.ConvertAll(scale, v => (float)v), Array.ConvertAll(shift, v => (float)v), shape[3]));
    }

    private (Node Node, ChannelAffine Affine)? LeadingAffine(string value, string output) =>
        _consumers.Only(value) is { OperatorName: "Add" or "Sub" or "Mul" or "Div" } node
        && node.Output != output
        && IsMap(ShapeOf(value))
        && ShapeOf(value).Equals(ShapeOf(node.Output))
        && ChannelAffine.Of<double>(node, value, ShapeOf(value).Rank, ShapeOf(value)[1], Constant) is { } affine
            ? (node, affine)
            : null;
}
