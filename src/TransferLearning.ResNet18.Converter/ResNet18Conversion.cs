using System.Collections.Immutable;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.ResNet18.Converter;

/// <summary>
/// Joins the network and its preprocessing, both as the package Microsoft.ML.DnnImageFeaturizer.ResNet18 holds them, into one network that
/// takes RGB values 0..255. The preprocessing reverses the channels and subtracts a mean image. The reversal is folded into the weights of
/// the first convolution. The mean image stays: the mean of each channel in its place would move features by up to 5 % of the largest,
/// for the border of ImageNet's mean image is darker than its center. Batch normalization stays as nodes of its own.
/// </summary>
internal static class ResNet18Conversion
{
    private const string Input = "image", Mean = "mean", Centered = "centered", Features = "features";
    private const int Channels = 3;

    /// <exception cref="InvalidNetworkException">The networks are not those that the package holds.</exception>
    public static Graph Convert(Graph network, Graph preprocessing)
    {
        Tensor mean = MeanImage(preprocessing);
        if (network.Inputs is not [{ } input] || network.Outputs is not [{ } output]
            || network.Nodes.Where(n => n.Inputs.Contains(input.Name)).ToArray() is not [{ OperatorName: "Conv" } first])
        {
            throw new InvalidNetworkException($"'{network.Name}' does not begin with one convolution of one input");
        }

        Node[] head =
        [
            new("Sub", "subtract_mean", [Input, Mean], [Centered], NodeAttributes.None),
            first with { Inputs = first.Inputs.SetItem(0, Centered) },
        ];
        return network with
        {
            Name = "resnet18",
            Inputs = [new ValueInfo(Input, ElementType.Float32, new Shape(-1, Channels, mean.Shape[2], mean.Shape[3]))],
            Outputs = [new ValueInfo(Features, ElementType.Float32, new Shape(-1, output.Shape[1]))],
            Nodes =
            [
                .. head,
                .. network.Nodes.Where(n => n != first),
                new Node("Flatten", "flatten", [output.Name], [Features], NodeAttributes.None),
            ],
            Initializers = network.Initializers
                .SetItem(first.Inputs[1], ReverseChannels(network.Initializers[first.Inputs[1]]))
                .SetItem(Mean, ReverseChannels(mean)),
            Metadata = network.Metadata
                .SetItem(
                    "transferlearning.preprocessing",
                    $$"""{"width":{{mean.Shape[3]}},"height":{{mean.Shape[2]}},"resize":"Stretch","mean":[0,0,0],"scale":[1,1,1]}""")
                .SetItem(
                    "source", "ResNet18.onnx and ResNetPreprocess.onnx of Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1, MIT license"),
        };
    }

    private static Tensor MeanImage(Graph preprocessing) =>
        preprocessing.Nodes.Select(n => n.OperatorName).SequenceEqual(["Split", "Concat", "Sub"])
        && preprocessing.Initializers.TryGetValue(preprocessing.Nodes[^1].Inputs[1], out Tensor? mean)
        && mean is { Type: ElementType.Float32, Shape: { Rank: 4 } shape } && shape[0] == 1 && shape[1] == Channels
            ? mean
            : throw new InvalidNetworkException(
                $"'{preprocessing.Name}' does not split the channels, join them and subtract an image, Float32[1,{Channels},H,W]");

    /// <summary>BGR to RGB, or the reverse, along the second axis.</summary>
    private static Tensor ReverseChannels(Tensor tensor)
    {
        ReadOnlySpan<float> values = tensor.Floats;
        float[] reversed = new float[values.Length];
        int plane = tensor.Shape[2] * tensor.Shape[3];
        for (int i = 0; i < values.Length; i += plane)
        {
            int channel = i / plane % Channels;
            values.Slice(i, plane).CopyTo(reversed.AsSpan(i + ((Channels - 1 - (2 * channel)) * plane), plane));
        }

        return Tensor.Create(tensor.Shape, reversed);
    }
}
