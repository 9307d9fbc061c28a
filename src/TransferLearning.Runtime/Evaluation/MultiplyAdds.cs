using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Evaluation;

/// <summary>Counts the multiplications, each with an addition, that a network needs: the usual measure of its cost.</summary>
internal static class MultiplyAdds
{
    /// <summary>The number for all convolutions and matrix products of a graph; other operators cost little beside them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputShape">The shape of its input, all extents known.</param>
    /// <exception cref="InvalidNetworkException">The nodes do not fit the input.</exception>
    public static long Count(Graph graph, Shape inputShape)
    {
        IReadOnlyDictionary<string, TensorType> types = ShapeInference.Infer(
            graph, new Dictionary<string, Shape> { [graph.Inputs[0].Name] = inputShape });
        return graph.Nodes.Sum(node => Count(node, name => types[name].Shape));
    }

    /// <summary>The number for one node: each element of the result is a sum of so many products.</summary>
    public static long Count(Node node, Func<string, Shape> shapeOf) => node.OperatorName switch
    {
        "Conv" => shapeOf(node.Output).Length * (long)ProductsPerPixel(shapeOf(node.Inputs[1])),
        "Gemm" => shapeOf(node.Output).Length
            * (long)shapeOf(node.Inputs[0])[node.Attributes.Integer("transA", 0) != 0 ? 0 : 1],
        "MatMul" => shapeOf(node.Output).Length * (long)shapeOf(node.Inputs[0])[-1],
        "Einsum" => EinsumOperator.ProductsOf(node, [.. node.Inputs.Select(shapeOf)]),
        _ => 0,
    };

    /// <summary>Weights [outputs, inputs of the group, height, width] to the number of weights of one output.</summary>
    private static int ProductsPerPixel(Shape weights) => weights.Length / weights[0];
}
