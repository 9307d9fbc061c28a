using System.Collections.Immutable;
using TransferLearning.Backbones.Features;
using TransferLearning.Backbones.Inputs;
using TransferLearning.Backbones.Inspection;
using TransferLearning.Inference;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;

namespace TransferLearning.Backbones;

/// <summary>What is known of a network: its inputs, preprocessing, features, cost, and what keeps it from being used. Immutable.</summary>
internal sealed record BackboneInspection
{
    /// <summary>The inputs that the file declares.</summary>
    public required ImmutableArray<InspectedInput> Inputs { get; init; }

    /// <summary>The values that can serve as features; empty for TensorFlow's files, whose values must be named.</summary>
    public ImmutableArray<InspectedFeatures> Candidates { get; init; } = [];

    /// <summary>All nodes that cannot be computed.</summary>
    public ImmutableArray<UnsupportedNode> Unsupported { get; init; } = [];

    /// <summary>The catalog's entry of this file; null for another file.</summary>
    public CatalogEntry? Entry { get; init; }

    /// <summary>The backbone; null where the file cannot be used as one.</summary>
    public Backbone? Backbone { get; init; }

    /// <summary>The value that the backbone computes; null without one.</summary>
    public string? Features => Backbone?.Graph.Outputs[0].Name;

    /// <summary>The cost of the backbone; null without one.</summary>
    public NetworkCost? Cost { get; init; }

    /// <summary>The operators without a kernel that take a good part of the backbone's time; empty without one.</summary>
    public ImmutableArray<OperatorShare> WithoutKernel { get; init; } = [];

    /// <summary>Why the file cannot be used; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Inspects a file. What is wrong with the network is part of the result.</summary>
    /// <param name="path">The file, ONNX or TensorFlow.</param>
    /// <param name="options">What the file does not state.</param>
    /// <param name="time">The clock, which times the network.</param>
    /// <exception cref="TransferLearningException">The file is missing, cannot be read, or is no network.</exception>
    public static BackboneInspection Of(string path, BackboneOptions options, TimeProvider time)
    {
        Backbone? backbone = null;
        TransferLearningException? failure = null;
        try
        {
            backbone = Backbone.FromFile(path, options);
        }
        catch (TransferLearningException e) when (e.InnerException is InvalidNetworkException)
        {
            failure = e;
        }

        BackboneInspection? file = Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase)
            ? OfOnnx(path, options, backbone)
            : null;
        if (backbone is null)
        {
            return file is null ? throw failure! : file with { Problem = failure!.Message };
        }

        return (file ?? new BackboneInspection { Inputs = InputsOf(backbone.Graph) }).With(backbone, time);
    }

    /// <summary>Inspects a backbone that was not read from a file of the user's.</summary>
    public static BackboneInspection Of(Backbone backbone, TimeProvider time) =>
        new BackboneInspection { Inputs = InputsOf(backbone.Graph) }.With(backbone, time);

    private static BackboneInspection OfOnnx(string path, BackboneOptions options, Backbone? backbone)
    {
        Graph graph = ReadGraph(path);
        CatalogEntry? entry = BackboneCatalog.Open().Recognize(path);
        ImmutableArray<InspectedInput> inputs = InputsOf(graph);
        ImmutableArray<FeatureCandidate> candidates = [];
        try
        {
            graph = ConstantFolding.Run(graph);
            candidates = FeatureFinder.Candidates(InputNormalization.Run(graph, ImageInput.Find(graph, options.InputName)));
        }
        catch (InvalidNetworkException) when (backbone is null)
        {
            // Whatever keeps the values from being found is the problem that is reported.
        }

        string? features = options.FeaturesName ?? entry?.FeaturesName ?? candidates.FirstOrDefault(c => c.IsChosen)?.Name;
        Graph? used = features is not null && graph.Nodes.Any(n => n.Outputs.Contains(features)) ? GraphCut.At(graph, features) : null;
        return new BackboneInspection
        {
            Inputs = inputs,
            Candidates =
            [
                .. candidates.Select(c => new InspectedFeatures(c.Name, c.Shape.ToString(), c.Kind.ToString(), c.Name == features)),
            ],
            Unsupported = UnsupportedNode.Of(graph, used),
            Entry = entry,
        };
    }

    private static Graph ReadGraph(string path)
    {
        try
        {
            return OnnxReader.ReadUnchecked(path);
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"the network cannot be inspected: {e.Message}", e);
        }
    }

    private static ImmutableArray<InspectedInput> InputsOf(Graph graph)
    {
        ImageInput? image = null;
        try
        {
            image = ImageInput.Find(graph, null);
        }
        catch (InvalidNetworkException)
        {
            // A network without an image input is listed all the same.
        }

        return
        [
            .. graph.Inputs.Select(i => new InspectedInput(
                i.Name,
                i.Type.ToString(),
                i.Shape.ToString(),
                i.Name != image?.Declared.Name ? null : image.Layout == ImageLayout.ChannelsFirst ? "NCHW" : "NHWC")),
        ];
    }

    private BackboneInspection With(Backbone backbone, TimeProvider time)
    {
        if (backbone.FindProblem(EmbeddedEngine.Instance) is { } problem)
        {
            return this with { Backbone = backbone, Problem = problem };
        }

        try
        {
            using CompiledNetwork network = backbone.Compile();
            return this with
            {
                Backbone = backbone,
                WithoutKernel = network.WithoutKernel,
                Cost = NetworkCost.Measure(backbone.Graph, network, Environment.ProcessorCount, time),
            };
        }
        catch (InvalidNetworkException e)
        {
            return this with { Backbone = backbone, Problem = $"the network '{backbone.Name}' cannot run: {e.Message}" };
        }
    }
}
