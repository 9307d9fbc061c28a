using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Evaluation;

/// <summary>
/// Infers the types of a graph's values while some extents of its inputs are unknown: two inferences with different choices of these
/// show which extents of a value depend on them.
/// </summary>
internal static class FreeShapeInference
{
    /// <returns>The type of every value; -1 stands for an extent that depends on an unknown one.</returns>
    /// <exception cref="InvalidNetworkException">The nodes do not fit each other for a batch of 1 and images of 224 x 224.</exception>
    public static IReadOnlyDictionary<string, TensorType> Infer(Graph graph) => Infer(graph, ShapeInference.InferOperands);

    /// <summary>As <see cref="Infer(Graph)"/>, but leaves out the values of nodes that cannot be computed.</summary>
    public static IReadOnlyDictionary<string, TensorType> InferSupported(Graph graph) =>
        Infer(graph, static (g, shapes) => ShapeInference.InferKnown(g.WithInputShapes(shapes!)));

    private static Dictionary<string, TensorType> Infer(
        Graph graph, Func<Graph, IReadOnlyDictionary<string, Shape>?, IReadOnlyDictionary<string, Operand>> infer)
    {
        Dictionary<string, TensorType> first = Types(infer(graph, Choose(graph, 1, 224)));
        if (graph.Inputs.All(i => i.Shape.IsKnown))
        {
            return first;
        }

        Dictionary<string, TensorType> second;
        try
        {
            second = Types(infer(graph, Choose(graph, 2, 320)));
        }
        catch (InvalidNetworkException)
        {
            // A network with a batch of 1 or one image size written into its constants: its shapes are those of the first choice.
            return first;
        }

        return first.Where(p => second.ContainsKey(p.Key)).ToDictionary(
            p => p.Key, p => p.Value with { Shape = Merge(p.Value.Shape, second[p.Key].Shape) }, StringComparer.Ordinal);
    }

    private static Dictionary<string, TensorType> Types(IReadOnlyDictionary<string, Operand> operands) =>
        operands.ToDictionary(p => p.Key, p => p.Value.Type, StringComparer.Ordinal);

    private static Dictionary<string, Shape> Choose(Graph graph, int batch, int size) =>
        graph.Inputs.ToDictionary(i => i.Name, i => Choose(i.Shape, batch, size), StringComparer.Ordinal);

    private static Shape Choose(Shape shape, int batch, int size)
    {
        int[] extents = shape.Dimensions.ToArray();
        for (int axis = 0; axis < extents.Length; axis++)
        {
            int chosen = axis == 0 ? batch : size;
            extents[axis] = extents[axis] < 0 ? chosen : extents[axis];
        }

        return new Shape(extents);
    }

    private static Shape Merge(Shape first, Shape second)
    {
        int[] extents = first.Dimensions.ToArray();
        for (int axis = 0; axis < extents.Length; axis++)
        {
            extents[axis] = second.Rank == first.Rank && second[axis] == extents[axis] ? extents[axis] : -1;
        }

        return new Shape(extents);
    }
}
