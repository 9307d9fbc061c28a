using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Distillation;

/// <summary>
/// A linear map from a network's features to those of a teacher, or to its classes: it learns with the network, and is dropped when the
/// network is cut at its own outputs.
/// </summary>
internal static class TeacherMap
{
    /// <summary>Adds the map as another output.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">The value that is mapped, [N, features].</param>
    /// <param name="output">The name of the new output.</param>
    /// <param name="size">The teacher's features or classes.</param>
    /// <param name="seed">Decides the initial weights.</param>
    public static Graph Add(Graph graph, string features, string output, int size, int seed)
    {
        int inputs = ShapeInference.Infer(graph)[features].Shape[1];
        string weights = $"{output}/weights", bias = $"{output}/bias";
        var random = new Random(seed);
        float[] values = new float[size * inputs];
        double reach = Math.Sqrt(3.0 / inputs);
        foreach (ref float value in values.AsSpan())
        {
            value = (float)(reach * ((2 * random.NextDouble()) - 1));
        }

        var node = new Node("Gemm", output, [features, weights, bias], [output], NodeAttributes.None.With("transB", 1L));
        return graph with
        {
            Nodes = [.. graph.Nodes, node],
            Outputs = [.. graph.Outputs, new ValueInfo(output, ElementType.Float32, new Shape(1, size))],
            Initializers = graph.Initializers
                .Add(weights, Tensor.Create(new Shape(size, inputs), values))
                .Add(bias, Tensor.Vector(new float[size])),
        };
    }
}
