using System.Collections.Immutable;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones;

/// <summary>Cuts a network to the part that computes its features.</summary>
internal static class FeatureGraph
{
    /// <summary>The nodes and weights that a value depends on, with that value as the only output.</summary>
    /// <param name="graph">The whole network, with one input.</param>
    /// <param name="value">The value's name.</param>
    /// <param name="inputShape">The shape of the input, with an open batch size.</param>
    /// <exception cref="InvalidNetworkException">The value is not one vector per image, or the nodes do not fit the input.</exception>
    public static Graph Cut(Graph graph, string value, Shape inputShape)
    {
        ValueInfo input = graph.Inputs[0];
        var one = new Shape([1, .. inputShape.Dimensions[1..]]);
        Graph cut = GraphCut.At(graph, value);
        Shape shape = ShapeInference.Infer(cut, ImmutableDictionary<string, Shape>.Empty.Add(input.Name, one))[value].Shape;
        if (shape.Rank < 2 || shape[0] != 1 || shape[1] != shape.Length)
        {
            throw new InvalidNetworkException(
                $"the value '{value}' has the shape {shape}, which is not one vector per image: name a pooled value as features");
        }

        return cut with
        {
            Inputs = [input with { Shape = inputShape }],
            Outputs = [new ValueInfo(value, ElementType.Float32, new Shape([-1, .. shape.Dimensions[1..]]))],
            Metadata = ImmutableSortedDictionary<string, string>.Empty,
        };
    }
}
