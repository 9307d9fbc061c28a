using System.Collections.Immutable;
using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// A graph compiled for this processor, with fused steps, packed weights and planned memory. Thread-safe: concurrent calls of
/// <see cref="Run"/> wait for each other, and callers with threads of their own use <see cref="CreateWorker"/>.
/// </summary>
internal sealed class CompiledNetwork : IDisposable
{
    private readonly NetworkProgram _program;
    private readonly int _threads;
    private readonly Lock _gate = new();
    private NetworkTeam? _team;

    private CompiledNetwork(NetworkProgram program, ImmutableArray<OperatorShare> withoutKernel, int threads) =>
        (_program, WithoutKernel, _threads) = (program, withoutKernel, threads);

    /// <summary>The input's height in pixels.</summary>
    public int Height => _program.Input.Layout.Height;

    /// <summary>The input's width in pixels.</summary>
    public int Width => _program.Input.Layout.Width;

    /// <summary>The input's channels.</summary>
    public int Channels => _program.Input.Layout.Channels;

    /// <summary>The number of floats of the output for one image; a feature map is in NCHW order.</summary>
    public int OutputLength => NetworkIo.OutputLength(_program);

    /// <summary>The bytes of memory of the weights, which all threads share.</summary>
    public long WeightBytes => _program.WeightBytes;

    /// <summary>The bytes of memory of each thread.</summary>
    public long WorkerBytes => _program.WorkerBytes;

    /// <summary>
    /// The operators whose nodes without a kernel take more than <see cref="OperatorShare.MinReported"/> of the network's time, by an
    /// estimate, the largest share first.
    /// </summary>
    public ImmutableArray<OperatorShare> WithoutKernel { get; }

    internal NetworkProgram Program => _program;

    /// <summary>Compiles a graph with one image input [N, C, H, W].</summary>
    /// <exception cref="InvalidNetworkException">
    /// The graph has an operator, attribute or shape that the runtime does not support.
    /// </exception>
    public static CompiledNetwork Compile(Graph graph, NetworkOptions options) => Compile(graph, options, KernelSet.Best);

    /// <summary>Compiles a graph for a given instruction set.</summary>
    internal static CompiledNetwork Compile(Graph graph, NetworkOptions options, KernelSet kernels)
    {
        string output = options.OutputName ?? graph.Outputs[0].Name;
        if (graph.Inputs is not [{ } input])
        {
            string names = string.Join(", ", graph.Inputs.Select(static i => i.Name));
            throw new InvalidNetworkException(
                $"the network '{graph.Name}' has {graph.Inputs.Length} inputs ({names}); one image is expected");
        }

        Shape shape = InputShape(input, options);
        return NetworkFault.Catch(() => Compile(graph, options, kernels, output, input.Name, shape));
    }

    private static CompiledNetwork Compile(
        Graph graph, NetworkOptions options, KernelSet kernels, string output, string input, Shape shape)
    {
        var shapes = new Dictionary<string, Shape> { [input] = shape };
        Graph prepared = GraphOptimizer.Run(GraphCut.At(graph, output).WithInputShapes(shapes));
        IReadOnlyDictionary<string, TensorType> types = ShapeInference.Infer(prepared, shapes);
        LoweredNetwork lowered = GraphLowering.Lower(prepared, types, kernels, output);
        var program = new NetworkProgram(lowered);
        try
        {
            RequireMemory(graph, program, shape);
            ImmutableArray<OperatorShare> shares = OperatorShare.Of(prepared, types, program.ReferenceNodes);
            return new CompiledNetwork(program, shares, WorkerThreads.Count(options.Threads));
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Refuses what one thread could not run: sizes in a damaged file may be any.</summary>
    private static void RequireMemory(Graph graph, NetworkProgram program, Shape input)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        long needed = program.WorkerBytes + (sizeof(float) * (long)input.Length);
        if (needed > available)
        {
            throw new InvalidNetworkException(
                $"the network '{graph.Name}' takes {needed >> 20} MiB for an image {input}; at most {available >> 20} MiB are used, half "
                + "of what is available to the process: use a smaller input, or a machine or container with more memory");
        }
    }

    /// <summary>Creates a runner for one thread, with its own memory and the shared weights.</summary>
    public NetworkWorker CreateWorker() => new(_program);

    /// <summary>Runs a batch on the network's own threads: one group of images per thread, the last few images on all threads.</summary>
    /// <param name="images">[count, Height, Width, Channels], already normalized.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="output">[count, OutputLength].</param>
    /// <exception cref="ArgumentException">A span is too short for the number of images.</exception>
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
            : throw new InvalidNetworkException(
                $"the input '{input.Name}' has the shape {input.Shape}, which leaves the size open: give height and width");
    }
}
