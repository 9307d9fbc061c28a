using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// A graph made ready to run on this processor: fused, laid out, with packed weights and planned memory. Thread-safe but for
/// <see cref="Run"/>, which serves one caller at a time; <see cref="CreateWorker"/> serves callers that bring their own threads.
/// </summary>
internal sealed class CompiledNetwork : IDisposable
{
    private readonly NetworkProgram _program;
    private readonly int _threads;
    private readonly object _gate = new();
    private NetworkTeam? _team;

    private CompiledNetwork(NetworkProgram program, int threads) => (_program, _threads) = (program, threads);

    /// <summary>The input's height in pixels.</summary>
    public int Height => _program.Input.Layout.Height;

    /// <summary>The input's width in pixels.</summary>
    public int Width => _program.Input.Layout.Width;

    /// <summary>The input's channels.</summary>
    public int Channels => _program.Input.Layout.Channels;

    /// <summary>The number of floats of the output for one image (NCHW order where the output is a feature map).</summary>
    public int OutputLength => NetworkIo.OutputLength(_program);

    internal NetworkProgram Program => _program;

    /// <summary>Compiles a graph with one image input [N, C, H, W].</summary>
    /// <exception cref="InvalidNetworkException">The graph has an operator, attribute or shape that the runtime does not support.</exception>
    public static CompiledNetwork Compile(Graph graph, NetworkOptions options) => Compile(graph, options, KernelSet.Best);

    /// <summary>Compiles for an instruction set of choice.</summary>
    internal static CompiledNetwork Compile(Graph graph, NetworkOptions options, KernelSet kernels)
    {
        string output = options.OutputName ?? graph.Outputs[0].Name;
        if (graph.Inputs is not [{ } input])
        {
            throw new InvalidNetworkException(
                $"the network '{graph.Name}' has {graph.Inputs.Length} inputs ({string.Join(", ", graph.Inputs.Select(static i => i.Name))}); one image is expected");
        }

        Shape shape = InputShape(input, options);
        var shapes = new Dictionary<string, Shape> { [input.Name] = shape };
        Graph prepared = GraphOptimizer.Run(GraphCut.At(graph, output).WithInputShapes(shapes));
        IReadOnlyDictionary<string, TensorType> types = ShapeInference.Infer(prepared, shapes);
        LoweredNetwork lowered = GraphLowering.Lower(prepared, types, kernels, output);
        return new CompiledNetwork(new NetworkProgram(lowered), WorkerThreads.Count(options.Threads));
    }

    /// <summary>A single-threaded runner with a workspace of its own over the shared weights.</summary>
    public NetworkWorker CreateWorker() => new(_program);

    /// <summary>Runs a batch on the network's own threads: a group of images a thread, the last few images by all threads together.</summary>
    /// <param name="images">[count, Height, Width, Channels], already normalized.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="output">[count, OutputLength].</param>
    /// <exception cref="ArgumentException">A span is too short for so many images.</exception>
    public void Run(ReadOnlySpan<float> images, int count, Span<float> output)
    {
        NetworkIo.Check(_program, images, count, output);
        lock (_gate)
        {
            (_team ??= new NetworkTeam(_program, _threads)).Run(images, count, output);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _team?.Dispose();
            _program.Dispose();
        }
    }

    private static Shape InputShape(ValueInfo input, NetworkOptions options)
    {
        if (input.Shape.Rank != 4)
        {
            throw new InvalidNetworkException($"the input '{input.Name}' has the shape {input.Shape}; [N, C, H, W] is expected");
        }

        int height = options.Height ?? input.Shape[2], width = options.Width ?? input.Shape[3];
        return height > 0 && width > 0 && input.Shape[1] > 0
            ? new Shape(1, input.Shape[1], height, width)
            : throw new InvalidNetworkException($"the input '{input.Name}' has the shape {input.Shape}, which leaves the size open: give height and width");
    }
}
