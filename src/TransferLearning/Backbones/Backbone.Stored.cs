using System.Collections.Immutable;
using System.Text.Json;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    private const string NameKey = "transferlearning.backbone";

    /// <summary>The network, cut at its features, with preprocessing and name: an ONNX file for <see cref="ReadStored"/>.</summary>
    internal byte[] WriteStored()
    {
        using var file = new MemoryStream();
        ImmutableSortedDictionary<string, string> metadata = ImmutableSortedDictionary<string, string>.Empty
            .Add(PreprocessingJson.MetadataKey, PreprocessingJson.Write(Preprocessing))
            .Add(NameKey, Name);
        OnnxWriter.Write(Graph with { Metadata = metadata }, file, OnnxWeightType.Float32);
        return file.ToArray();
    }

    /// <summary>Reads what <see cref="WriteStored"/> wrote; the features are the same, to the bit.</summary>
    /// <exception cref="TransferLearningException">The content is something else, or damaged.</exception>
    internal static Backbone ReadStored(ReadOnlyMemory<byte> content)
    {
        try
        {
            Graph graph = OnnxReader.Read(content, "(network)");
            return graph.Metadata.TryGetValue(PreprocessingJson.MetadataKey, out string? preprocessing)
                && graph.Metadata.TryGetValue(NameKey, out string? name)
                ? FromFeatures(name, graph, graph.Outputs[0].Name, PreprocessingJson.Read(preprocessing))
                : throw new TransferLearningException($"the network is not a stored backbone: its metadata has no '{NameKey}'");
        }
        catch (Exception e) when (e is InvalidNetworkException or JsonException)
        {
            throw new TransferLearningException($"the stored backbone is damaged: {e.Message}", e);
        }
    }
}
