using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.TensorFlow;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    /// <summary>
    /// A backbone from a TensorFlow graph. Input, features and scaling are those of the options, else, for ML.NET's networks, ML.NET's own.
    /// </summary>
    /// <exception cref="InvalidNetworkException">
    /// The input or features are not found, or something between them is not supported.
    /// </exception>
    private static Backbone FromTensorFlow(string name, TensorFlowNetwork network, BackboneOptions options, string path)
    {
        var known = TensorFlowArchitecture.Of(network);
        string? features = options.FeaturesName ?? known?.Bottleneck;
        var graph = network.ToGraph(options.InputName ?? known?.Input, features, options.InputSize ?? known?.InputSize);
        bool isOpen = graph.Inputs[0].Shape[2] < 0 || graph.Inputs[0].Shape[3] < 0;
        StatedPreprocessing? conventions = known is null
            ? null
            : new StatedPreprocessing(PreprocessingSource.TensorFlow, "it is one of the networks of ML.NET's trainer")
            {
                Normalization = PixelNormalization.ZeroToOne,
            };
        BackboneOptions named = options with
        {
            // The names that our graph has: without the number of the output.
            InputName = graph.Inputs[0].Name,
            FeaturesName = features is null ? null : graph.Outputs[0].Name,
            InputSize = options.InputSize ?? (isOpen ? known?.InputSize : null),
        };
        return FromGraph(name, graph, named, path, conventions);
    }
}
