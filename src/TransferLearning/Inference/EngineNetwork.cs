using System.Collections.Immutable;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Inference;

/// <summary>A network with one image input and one output per image, as an <see cref="INetworkEngine"/> is given it. Immutable.</summary>
/// <remarks>Thread-safe. It shares the weights with the backbone or model that it is of.</remarks>
public sealed class EngineNetwork
{
    /// <param name="graph">The network.</param>
    /// <param name="size">The size of its input.</param>
    /// <param name="outputName">The value to compute: an output of the graph, or an inner value of shape [N, length].</param>
    /// <param name="outputLength">The number of floats of that value for one image.</param>
    internal EngineNetwork(Graph graph, ImagePreprocessing size, string outputName, int outputLength) =>
        (Graph, Height, Width, OutputName, OutputLength) = (graph, size.Height, size.Width, outputName, outputLength);

    /// <summary>The height of the input in pixels.</summary>
    public int Height { get; }

    /// <summary>The width of the input in pixels.</summary>
    public int Width { get; }

    /// <summary>The name of the input, float32 [N, 3, Height, Width].</summary>
    public string InputName => Graph.Inputs[0].Name;

    /// <summary>The name of the output, float32.</summary>
    public string OutputName { get; }

    /// <summary>The number of floats of the output for one image.</summary>
    public int OutputLength { get; }

    /// <summary>The extents of the output for one image, such as [1280] or [1280, 1, 1]; their product is
    /// <see cref="OutputLength"/>.</summary>
    public IReadOnlyList<int> OutputExtents
    {
        get
        {
            ReadOnlySpan<int> declared = (Graph.Outputs.FirstOrDefault(o => o.Name == OutputName)?.Shape ?? Shape.Scalar).Dimensions;
            return declared.Length > 1 && !declared[1..].Contains(-1) ? declared[1..].ToArray() : [OutputLength];
        }
    }

    /// <summary>The network, with all that the file says.</summary>
    internal Graph Graph { get; }

    /// <summary>The part of the network that computes the output, as one ONNX file with all weights.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="NetworkEngineException">
    /// The network cannot be written as ONNX, for example because it has more than 2 GB.
    /// </exception>
    public byte[] ToOnnx()
    {
        var output = new ValueInfo(OutputName, ElementType.Float32, new Shape([-1, .. OutputExtents]));
        Graph part = UnusedRemoval.Run(Graph with { Outputs = [output], Metadata = ImmutableSortedDictionary<string, string>.Empty });
        ValueInfo input = part.Inputs[0];
        part = part with { Inputs = [input with { Shape = new Shape(-1, 3, Height, Width) }] };
        using var file = new MemoryStream();
        try
        {
            OnnxWriter.Write(part, file, OnnxWeightType.Float32Only);
        }
        catch (InvalidNetworkException e)
        {
            throw new NetworkEngineException($"it cannot be written as ONNX: {e.Message}", e);
        }

        return file.ToArray();
    }
}
