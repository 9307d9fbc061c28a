using TransferLearning.Runtime;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Backbones;

/// <summary>Finds the features of a network among its values.</summary>
internal static class FeatureFinder
{
    /// <summary>The name of the output that, where there is one, holds the features.</summary>
    public const string DefaultName = "features";

    /// <summary>
    /// The output called <c>features</c>; without one, the input of the last fully connected layer (Gemm, MatMul, or 1x1 convolution after
    /// the pooling) before the first output; where the pooling comes after all of those, the first output itself.
    /// </summary>
    /// <exception cref="InvalidNetworkException">The network has none of these.</exception>
    public static string Find(Graph graph)
    {
        if (graph.Outputs.Any(o => o.Name == DefaultName))
        {
            return DefaultName;
        }

        var makers = graph.Nodes
            .SelectMany(node => node.Outputs.Where(name => name.Length > 0).Select(name => (name, node)))
            .ToDictionary(m => m.name, m => m.node, StringComparer.Ordinal);
        string output = graph.Outputs[0].Name;
        for (string value = output; makers.TryGetValue(value, out Node? node);)
        {
            string? data = node.Inputs.FirstOrDefault(i => i.Length > 0 && !graph.Initializers.ContainsKey(i));
            if (data is null)
            {
                break;
            }

            if (node.OperatorName is "Gemm" or "MatMul" or "Conv")
            {
                return data;
            }

            if (node.OperatorName is "GlobalAveragePool" or "GlobalMaxPool" or "ReduceMean" or "AveragePool")
            {
                return output;
            }

            value = data;
        }

        throw new InvalidNetworkException(
            $"no features were found before the output '{output}': expected an output called '{DefaultName}', or a fully connected "
            + "layer; name the value to use as features");
    }

    /// <summary>Checks a name that the user gave.</summary>
    /// <exception cref="InvalidNetworkException">The network has no such value.</exception>
    public static string Check(Graph graph, string name) =>
        graph.Nodes.Any(n => n.Outputs.Contains(name))
            ? name
            : throw new InvalidNetworkException(
                $"there is no value '{name}' to use as features: the outputs are {string.Join(", ", graph.Outputs.Select(o => o.Name))}, "
                + "and the output of any node can be named");
}
