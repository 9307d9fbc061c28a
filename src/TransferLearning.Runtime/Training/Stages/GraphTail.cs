using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Stages;

/// <summary>
/// Makes the value of a boundary the only input of a graph, and drops the nodes before it: takes the last stages out of a network. The
/// input is a map [1, channels, height, width], as those of networks are; tokens become a map with one row.
/// </summary>
internal static class GraphTail
{
    /// <param name="graph">A graph.</param>
    /// <param name="boundary">A value on which all outputs depend, and besides it on nothing but constants.</param>
    /// <exception cref="InvalidNetworkException">The outputs depend on another value beside it.</exception>
    public static Graph From(Graph graph, StageBoundary boundary)
    {
        string value = boundary.Value, input = boundary.IsChannelsLast ? $"{value}/map" : value, shape = $"{value}/shape";
        var dimensions = Tensor.Vector(boundary.Shape.Dimensions.ToArray().Select(d => (long)d).ToArray());
        Graph tail = UnusedRemoval.Run(graph with
        {
            Inputs = [new ValueInfo(input, ElementType.Float32, boundary.MapShape)],
            Nodes =
            [
                .. boundary.IsChannelsLast ? ChannelsLast(input, value, shape) : [],
                .. graph.Nodes.Where(n => !n.Outputs.Contains(value)),
            ],
            Initializers = boundary.IsChannelsLast ? graph.Initializers.Add(shape, dimensions) : graph.Initializers,
        });
        HashSet<string> known = [input, .. tail.Initializers.Keys, .. tail.Nodes.SelectMany(n => n.Outputs)];
        string? missing = tail.Nodes.SelectMany(n => n.Inputs).FirstOrDefault(i => i.Length > 0 && !known.Contains(i));
        return missing is null
            ? tail
            : throw new InvalidNetworkException(
                $"the network '{graph.Name}' cannot be divided at '{value}': what follows also depends on '{missing}'");
    }

    /// <summary>The nodes that make a value with its channels last of a map.</summary>
    private static Node[] ChannelsLast(string map, string value, string shape)
    {
        string moved = $"{value}/channels last";
        NodeAttributes order = NodeAttributes.None.With("perm", ImmutableArray.Create<long>(0, 2, 3, 1));
        return
        [
            new Node("Transpose", $"{value}/transpose", [map], [moved], order),
            new Node("Reshape", $"{value}/reshape", [moved, shape], [value], NodeAttributes.None),
        ];
    }
}
