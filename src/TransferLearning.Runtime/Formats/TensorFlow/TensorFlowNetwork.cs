using System.Collections.Frozen;
using System.Collections.Immutable;
using TransferLearning.Runtime.Formats.TensorFlow.Messages;
using TransferLearning.Runtime.Formats.TensorFlow.Nodes;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Formats.TensorFlow;

/// <summary>
/// A TensorFlow graph as its file has it: nodes by name. It names neither its input nor its output; converted into a <see cref="Graph"/>,
/// it has those that the caller chooses. Immutable.
/// </summary>
internal sealed class TensorFlowNetwork
{
    private readonly FrozenDictionary<string, TensorFlowNode> _byName;

    private TensorFlowNetwork(string fileName, ImmutableArray<TensorFlowNode> nodes)
    {
        (FileName, Nodes) = (fileName, nodes);
        var byName = new Dictionary<string, TensorFlowNode>(StringComparer.Ordinal);
        foreach (TensorFlowNode node in nodes)
        {
            if (!byName.TryAdd(node.Name, node))
            {
                throw new InvalidNetworkException($"the file has two nodes with the name '{node.Name}'");
            }
        }

        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The name of the file in messages.</summary>
    public string FileName { get; }

    /// <summary>All nodes in the order of the file.</summary>
    public ImmutableArray<TensorFlowNode> Nodes { get; }

    /// <summary>Reads a GraphDef (.pb) or MetaGraphDef (.meta), whichever the content is.</summary>
    /// <exception cref="InvalidNetworkException">The file is neither, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TensorFlowNetwork Read(string path) => Read(File.ReadAllBytes(path), path);

    /// <summary>Reads a graph from memory. Messages refer to it by <paramref name="name"/>.</summary>
    /// <exception cref="InvalidNetworkException">The bytes are no graph, or are damaged.</exception>
    public static TensorFlowNetwork Read(ReadOnlyMemory<byte> bytes, string name) => Named(name, () =>
    {
        GraphDef graph = TensorFlowFile.Parse(bytes);
        return new TensorFlowNetwork(name, [.. graph.Node.Select(n => new TensorFlowNode(n))]);
    });

    public bool Has(string nodeName) => _byName.ContainsKey(nodeName);

    public TensorFlowNode Find(string nodeName) => _byName.TryGetValue(nodeName, out TensorFlowNode? node)
        ? node
        : throw new InvalidNetworkException($"there is no node '{nodeName}'");

    /// <summary>The node that an input of another refers to.</summary>
    public TensorFlowNode Find(NodeReference reference, TensorFlowNode user) =>
        _byName.TryGetValue(reference.Name, out TensorFlowNode? node)
            ? node
            : throw user.Error($"its input '{reference}' is not in the file, which may be cut short");

    /// <summary>The part of the network between an input and an output, with ONNX's operators and NCHW axes.</summary>
    /// <param name="input">The node that the image is fed to; null for the only image placeholder.</param>
    /// <param name="output">The value to compute (<c>name</c> or <c>name:0</c>); null for the only value that no node uses.</param>
    /// <param name="size">Height and width of the image where the file leaves them open; null for 224.</param>
    /// <exception cref="InvalidNetworkException">
    /// The input or output is not found, or a node between them is not supported.
    /// </exception>
    public Graph ToGraph(string? input = null, string? output = null, int? size = null) =>
        Named(FileName, () => GraphConverter.Convert(this, input, output, size));

    private static T Named<T>(string name, Func<T> read)
    {
        try
        {
            return NetworkFault.Catch(read);
        }
        catch (InvalidNetworkException e)
        {
            throw new InvalidNetworkException($"'{name}': {e.Message}", e);
        }
    }
}
