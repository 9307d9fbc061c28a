using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Evaluation;

/// <summary>
/// Runs a graph node by node by the reference computation of each operator: slow, and what faster code is tested against.
/// </summary>
internal static class GraphEvaluator
{
    /// <param name="graph">The graph.</param>
    /// <param name="feeds">A value for each input of the graph, by name.</param>
    /// <returns>All values by name: inputs, initializers and node outputs.</returns>
    /// <exception cref="ArgumentException">An input has no value, or one of another type or shape.</exception>
    /// <exception cref="InvalidNetworkException">The nodes do not fit each other or the feeds.</exception>
    public static IReadOnlyDictionary<string, Tensor> Run(Graph graph, IReadOnlyDictionary<string, Tensor> feeds)
    {
        var values = new Dictionary<string, Tensor>(graph.Initializers, StringComparer.Ordinal);
        foreach (ValueInfo input in graph.Inputs)
        {
            values[input.Name] = feeds.TryGetValue(input.Name, out Tensor? feed) && Fits(feed, input)
                ? feed
                : throw new ArgumentException(
                    $"the input '{input.Name}' needs {input.Type}{input.Shape}, not {(feed is null ? "nothing" : TensorType.Of(feed))}",
                    nameof(feeds));
        }

        foreach (Node node in graph.Nodes)
        {
            ImmutableArray<Operand?> inputs = [.. node.Inputs.Select(i => i.Length > 0 ? new Operand(values[i]) : null)];
            Tensor[] outputs = OperatorSet.Find(node, graph.OpsetVersion).Evaluate(new OperatorCall(node, graph.OpsetVersion, inputs));
            foreach ((string name, Tensor output) in node.Outputs.Zip(outputs))
            {
                values[name] = output;
            }
        }

        return values;
    }

    private static bool Fits(Tensor feed, ValueInfo input)
    {
        bool fits = feed.Type == input.Type && feed.Shape.Rank == input.Shape.Rank;
        for (int axis = 0; fits && axis < feed.Shape.Rank; axis++)
        {
            fits = input.Shape[axis] < 0 || input.Shape[axis] == feed.Shape[axis];
        }

        return fits;
    }
}
