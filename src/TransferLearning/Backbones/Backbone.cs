using TransferLearning.Imaging.Transforms;
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

    /// <summary>The name for messages and reports: the file's name without its extension, or <c>compact</c>.</summary>
    public string Name { get; }

    /// <summary>Size and scaling of the input.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>The number of features per image.</summary>
    public int FeatureSize { get; }

    /// <summary>
    /// SHA-256, in hexadecimal, of all that decides the features: operators, weights and preprocessing. Two backbones with the same
    /// fingerprint share cached bottlenecks.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>The network from the image to the features, its only output.</summary>
    internal Graph Graph { get; }

    /// <summary>The name and the fingerprint's first digits.</summary>
    public override string ToString() => $"{Name} ({Fingerprint[..8]})";

    internal CompiledNetwork Compile() => CompiledNetwork.Compile(
        Graph,
        new NetworkOptions { Height = Preprocessing.Height, Width = Preprocessing.Width, OutputName = Graph.Outputs[0].Name });
}
