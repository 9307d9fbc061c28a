using System.Collections.Immutable;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Distillation;
using TransferLearning.Runtime.Training.Layers;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Parameters;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Networks;

/// <summary>
/// A network that can be trained: computes the loss of a batch, and its gradient by every parameter. The result is the same, to the bit,
/// for any number of threads. Memory is planned once; a step allocates nothing. Used by one caller at a time.
/// </summary>
internal sealed unsafe class TrainableNetwork : IDisposable
{
    private readonly LoweredTraining _network;
    private readonly TrainingMemory _memory;
    private readonly PhaseRunner _runner;
    private readonly double _labelWeight;
    private int _images;

    private TrainableNetwork(LoweredTraining network, TrainableNetworkOptions options)
    {
        (_network, MaxImages, _labelWeight) = (network, options.MaxImages, options.Distillation?.LabelWeight ?? 1);
        foreach (TrainingLayer layer in network.Layers)
        {
            layer.Prepare(options.MaxImages);
        }

        network.Parameters.Allocate();
        _memory = new TrainingMemory(network, options.MaxImages);
        ForwardPhases = [.. network.Layers.SelectMany(l => l.Forward)];
        BackwardPhases = [.. network.Layers.AsEnumerable().Reverse().Where(l => l.Output.NeedsGradient).SelectMany(l => l.Backward)];
        int longest = Math.Max(ForwardPhases.Length, BackwardPhases.Length);
        _runner = new PhaseRunner(WorkerThreads.Count(options.Threads), Math.Max(1, longest), _memory.CreateWorkspace);
    }

    /// <summary>The largest number of images of a batch.</summary>
    public int MaxImages { get; }

    /// <summary>The floats of one input image: height, width, channels.</summary>
    public int ImageLength => Input.Pixels * Input.Layout.Channels;

    public int Classes => _network.Loss.Output.Layout.Channels;

    public ParameterSet Parameters => _network.Parameters;

    /// <summary>The running statistics of the normalizations, which checkpoints keep beside the parameters.</summary>
    public IEnumerable<float[]> Statistics => _network.Statistics.Select(s => s.Values);

    /// <summary>The probabilities of the last pass, [images, classes].</summary>
    public ReadOnlySpan<float> Probabilities => _network.Loss.Probabilities(_images);

    public TrainingPhase[] ForwardPhases { get; }

    public TrainingPhase[] BackwardPhases { get; }

    /// <summary>The ticks of the stopwatch that each phase of the last run took.</summary>
    internal ReadOnlySpan<long> PhaseTicks => _runner.Ticks;

    private BatchMap Input => _network.Input;

    /// <summary>Prepares a graph for training.</summary>
    /// <param name="graph">
    /// A graph with one input [N, C, H, W], whose first output is the logits [N, classes]; others are what is compared with a teacher.
    /// </param>
    /// <param name="options">How it is trained.</param>
    /// <exception cref="InvalidNetworkException">A node has no gradient; the message names it.</exception>
    public static TrainableNetwork Compile(Graph graph, TrainableNetworkOptions options) => Compile(graph, options, KernelSet.Best);

    /// <summary>Prepares a graph for a given instruction set.</summary>
    internal static TrainableNetwork Compile(Graph graph, TrainableNetworkOptions options, KernelSet kernels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxImages, 1);
        int outputs = 1 + new[] { options.Distillation?.FeatureOutput, options.Distillation?.LogitOutput }
            .Count(o => o is not null && o != graph.Outputs[0].Name);
        if (graph.Inputs is not [{ } input] || graph.Outputs.Length != outputs)
        {
            throw new InvalidNetworkException(
                $"the network '{graph.Name}' has {graph.Inputs.Length} inputs and {graph.Outputs.Length} outputs; "
                + $"expected are 1 and {outputs}");
        }

        int height = options.Height ?? input.Shape[2], width = options.Width ?? input.Shape[3];
        var shapes = new Dictionary<string, Shape> { [input.Name] = new Shape(1, input.Shape[1], height, width) };
        Graph prepared = GraphOptimizer.RunForTraining(graph.WithInputShapes(shapes));
        return new TrainableNetwork(TrainingLowering.Lower(prepared, kernels, options), options);
    }

    /// <summary>Computes the loss of a batch, without gradients.</summary>
    /// <param name="images">[count, height, width, channels], normalized.</param>
    /// <param name="targets">[count, classes]: the probabilities that the network should give.</param>
    /// <param name="weights">[count]: the weights of the images in the mean; empty for equal weights.</param>
    /// <param name="step">The number of the step, for dropout.</param>
    /// <param name="teacher">What a teacher computed for the images; by default nothing, and the loss is that of the targets alone.</param>
    public double Forward(
        ReadOnlySpan<float> images,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> weights,
        long step,
        TeacherTargets teacher = default)
    {
        int count = targets.Length / Classes;
        if (count < 1 || count > MaxImages || targets.Length != count * Classes || images.Length != count * ImageLength)
        {
            throw new ArgumentException(
                $"{images.Length} values of images and {targets.Length} of targets are not 1 to {MaxImages} images of {ImageLength} and "
                + $"{Classes} values");
        }

        _images = count;
        CopyImages(images, count);
        _network.Loss.SetTargets(targets, weights);
        SetTeacher(teacher, count);
        _network.Step.Value = step;
        _runner.Run(ForwardPhases, count);
        return _network.Loss.Loss(count) + (_network.FeatureLoss?.Loss(count) ?? 0) + (_network.LogitLoss?.Loss(count) ?? 0);
    }

    /// <summary>Computes the loss of a batch and its gradients, which replace those of the step before.</summary>
    /// <inheritdoc cref="Forward"/>
    public double Differentiate(
        ReadOnlySpan<float> images,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> weights,
        long step,
        TeacherTargets teacher = default)
    {
        double loss = Forward(images, targets, weights, step, teacher);
        Backward(targets.Length / Classes);
        return loss;
    }

    /// <summary>Computes the gradients after a forward pass of as many images.</summary>
    internal void Backward(int images) => _runner.Run(BackwardPhases, images);

    /// <summary>Runs other phases on the network's threads, such as those of an optimizer.</summary>
    public void Run(TrainingPhase[] phases) => _runner.Run(phases, images: 0);

    /// <summary>The graph with the parameters and the running statistics as they are now.</summary>
    public Graph ToGraph()
    {
        var initializers = _network.Graph.Initializers.ToBuilder();
        foreach (Parameter parameter in Parameters.Parameters)
        {
            initializers[parameter.Name] = parameter.ToTensor();
        }

        foreach ((string name, float[] values) in _network.Statistics)
        {
            initializers[name] = Tensor.Vector([.. values]);
        }

        return _network.Graph with { Initializers = initializers.ToImmutable() };
    }

    public void Dispose()
    {
        _runner.Dispose();
        _memory.Dispose();
        _network.Dispose();
    }

    private void SetTeacher(TeacherTargets teacher, int images)
    {
        if ((!teacher.Features.IsEmpty && _network.FeatureLoss is null) || (!teacher.Logits.IsEmpty && _network.LogitLoss is null))
        {
            throw new ArgumentException(
                "a teacher's values are given, but the options have no output to compare them with", nameof(teacher));
        }

        _network.FeatureLoss?.SetTargets(teacher.Features, images);
        _network.LogitLoss?.SetTargets(teacher.Logits, images);
        _network.Loss.Scale = teacher.Logits.IsEmpty ? 1 : _labelWeight;
    }

    private void CopyImages(ReadOnlySpan<float> images, int count)
    {
        FeatureMapLayout layout = Input.Layout;
        for (int i = 0; i < count; i++)
        {
            for (int y = 0; y < layout.Height; y++)
            {
                float* row = Input.ImageAt(i) + ((nint)y * layout.RowStride);
                for (int x = 0; x < layout.Width; x++, images = images[layout.Channels..])
                {
                    images[..layout.Channels].CopyTo(new Span<float>(row + ((nint)x * layout.PixelStride), layout.Channels));
                }
            }
        }
    }
}
