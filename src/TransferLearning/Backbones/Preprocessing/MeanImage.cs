using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>An image of means, one per pixel and color, that is subtracted from each image before it is scaled.</summary>
internal static class MeanImage
{
    private const int Channels = 3;

    /// <summary>A network whose first node subtracts the mean image, divided by the scales, from its input.</summary>
    /// <param name="graph">The network, with one input [N, 3, H, W].</param>
    /// <param name="path">An image file or .npy file of the input's size, with values 0..255.</param>
    /// <param name="preprocessing">The preprocessing of the network; its means must be 0.</param>
    /// <exception cref="InvalidNetworkException">The file is malformed, or has another size.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Graph Subtract(Graph graph, string path, ImagePreprocessing preprocessing)
    {
        float[] means = Read(path, preprocessing);
        PixelNormalization n = preprocessing.Normalization;
        float[] scales = n.ChannelOrder == ChannelOrder.Rgb ? [n.ScaleR, n.ScaleG, n.ScaleB] : [n.ScaleB, n.ScaleG, n.ScaleR];
        int plane = preprocessing.Width * preprocessing.Height;
        for (int i = 0; i < means.Length; i++)
        {
            means[i] /= scales[i / plane];
        }

        string input = graph.Inputs[0].Name, mean = Unused(graph, "mean_image"), centered = Unused(graph, "centered");
        return graph with
        {
            Nodes =
            [
                new Node("Sub", Unused(graph, "subtract_mean_image"), [input, mean], [centered], NodeAttributes.None),
                .. graph.Nodes.Select(n => n with { Inputs = [.. n.Inputs.Select(name => name == input ? centered : name)] }),
            ],
            Initializers = graph.Initializers.Add(
                mean, Tensor.Create(new Shape(1, Channels, preprocessing.Height, preprocessing.Width), means)),
        };
    }

    /// <summary>[3, height, width], the channels in the order of the network's input.</summary>
    private static float[] Read(string path, ImagePreprocessing preprocessing)
    {
        if (!File.Exists(path))
        {
            throw new InvalidNetworkException($"the mean image '{path}' does not exist (looked for '{Path.GetFullPath(path)}')");
        }

        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            return NpyImage.Read(path, preprocessing.Width, preprocessing.Height);
        }

        RgbImage image = Decode(path);
        if ((image.Width, image.Height) != (preprocessing.Width, preprocessing.Height))
        {
            throw new InvalidNetworkException(
                $"the mean image '{path}' has {image.Width} x {image.Height} pixels: "
                + $"expected the input's {preprocessing.Width} x {preprocessing.Height}");
        }

        int plane = image.Width * image.Height;
        float[] means = new float[Channels * plane];
        for (int c = 0; c < Channels; c++)
        {
            int color = preprocessing.Normalization.ChannelOrder == ChannelOrder.Rgb ? c : Channels - 1 - c;
            for (int i = 0; i < plane; i++)
            {
                means[(c * plane) + i] = image.Pixels[(i * Channels) + color];
            }
        }

        return means;
    }

    private static RgbImage Decode(string path)
    {
        try
        {
            return ImageFormats.BuiltIn.Load(path);
        }
        catch (InvalidImageException e)
        {
            throw new InvalidNetworkException($"the mean image cannot be used: {e.Message}", e);
        }
    }

    private static string Unused(Graph graph, string name)
    {
        var names = graph.Nodes.SelectMany(n => n.Inputs.Concat(n.Outputs).Append(n.Name)).ToHashSet(StringComparer.Ordinal);
        while (names.Contains(name))
        {
            name += "_";
        }

        return name;
    }
}
