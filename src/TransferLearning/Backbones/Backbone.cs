using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Backbones;

/// <summary>A network without its classifier: turns an image into features (a bottleneck). Immutable.</summary>
/// <remarks>Thread-safe. It holds the weights in memory once, and nothing that needs disposing.</remarks>
public sealed partial class Backbone
{
    internal Backbone(string name, Graph graph, ImagePreprocessing preprocessing, int featureSize)
    {
        (Name, Graph, Preprocessing, FeatureSize) = (name, graph, preprocessing, featureSize);
        Fingerprint = BackboneFingerprint.Of(graph, preprocessing);
    }

    /// <summary>The name for messages and reports: the file's name without its extension, or <c>resnet18</c> or <c>compact</c>.</summary>
    public string Name { get; }

    /// <summary>Size and scaling of the input.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>
    /// What decided the normalization in <see cref="Preprocessing"/>. Where it is <see cref="PreprocessingSource.Assumed"/>, images may not
    /// be what the network was trained with, and features bad: say it with <see cref="BackboneOptions.Normalization"/>.
    /// </summary>
    public PreprocessingSource PreprocessingSource { get; internal init; } = PreprocessingSource.Metadata;

    /// <summary>The source of the preprocessing in words: "image_mean and image_std of preprocessor_config.json".</summary>
    internal string PreprocessingReason { get; init; } = "the model's metadata";

    /// <summary>The license of the weights and where it is written; null where it is not known, as for a network file.</summary>
    internal string? License { get; init; }

    /// <summary>Whether the normalization is to be chosen by measurement, whatever decided it.</summary>
    internal bool MeasuresNormalization { get; init; }

    /// <summary>The number of features per image.</summary>
    public int FeatureSize { get; }

    /// <summary>
    /// SHA-256, in hexadecimal, of all that decides the features: operators, weights and preprocessing. Two backbones with the same
    /// fingerprint share cached bottlenecks.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>The network from the image to the features, its only output.</summary>
    internal Graph Graph { get; }

    /// <summary>Whether a measurement decides the normalization: nothing says it, or the options ask for it.</summary>
    internal bool IsNormalizationOpen => MeasuresNormalization || PreprocessingSource == PreprocessingSource.Assumed;

    /// <summary>The name and the fingerprint's first digits.</summary>
    public override string ToString() => $"{Name} ({Fingerprint[..8]})";

    /// <summary>The same network with a normalization that was measured.</summary>
    /// <param name="normalization">Means, scales and channel order.</param>
    /// <param name="reason">What was measured, in words.</param>
    internal Backbone WithNormalization(PixelNormalization normalization, string reason) =>
        new(Name, Graph, Preprocessing with { Normalization = normalization }, FeatureSize)
        {
            PreprocessingSource = PreprocessingSource.Measured,
            PreprocessingReason = $"measured: {reason}",
            License = License,
        };

    /// <summary>A network with the same input and preprocessing.</summary>
    /// <param name="graph">The network; its only output are the features.</param>
    /// <param name="name">The name; null for the same.</param>
    /// <param name="featureSize">The number of features; null for as many.</param>
    internal Backbone WithGraph(Graph graph, string? name = null, int? featureSize = null) =>
        new(name ?? Name, graph, Preprocessing, featureSize ?? FeatureSize)
        {
            PreprocessingSource = PreprocessingSource,
            PreprocessingReason = PreprocessingReason,
            License = License,
        };

    /// <summary>The network as engines are given it.</summary>
    internal EngineNetwork Network => new(Graph, Preprocessing, Graph.Outputs[0].Name, FeatureSize);

    /// <summary>Why an engine cannot run the network, as far as that is known without loading it; null for nothing.</summary>
    internal string? FindProblem(INetworkEngine engine) =>
        engine is EmbeddedEngine && EmbeddedEngine.FindProblem(Graph.UnsupportedReason) is { } problem
            ? $"the backbone '{Name}': {problem}"
            : null;

    /// <summary>Compiles the network by the embedded runtime, where no engine is asked for.</summary>
    internal CompiledNetwork Compile() => CompiledNetwork.Compile(
        Graph,
        new NetworkOptions { Height = Preprocessing.Height, Width = Preprocessing.Width, OutputName = Graph.Outputs[0].Name });
}
