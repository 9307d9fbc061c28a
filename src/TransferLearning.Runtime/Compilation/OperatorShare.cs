using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <summary>The part of a network's time that nodes of one operator take, as they have no suitable kernel. Immutable.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Nodes">The number of its nodes without a kernel.</param>
/// <param name="LargestNode">The name of the one that takes longest.</param>
/// <param name="Share">The part of the network's time that they take together, 0 to 1.</param>
/// <remarks>
/// An estimate from the number of elements and multiplications, with the times that each takes on the machine of
/// benchmarks/reports/operators.md: it is the same on every machine and in every run, and costs nothing.
/// </remarks>
internal sealed record OperatorShare(string Operator, int Nodes, string LargestNode, double Share)
{
    /// <summary>The share from which an operator is reported.</summary>
    public const double MinReported = 0.02;

    // Kernels compute some 30 multiplications per nanosecond and thread, matrix products without a kernel some 12. An element of a step
    // with a kernel is read and written once, from and to the cache.
    private const double KernelNanosecondsPerProduct = 1 / 30.0;
    private const double NanosecondsPerProduct = 1 / 12.0;
    private const double KernelNanosecondsPerElement = 0.3;

    /// <summary>The operators that take more than <see cref="MinReported"/>, the largest share first.</summary>
    /// <param name="graph">The network as it was compiled.</param>
    /// <param name="types">The type of every value.</param>
    /// <param name="withoutKernel">The nodes without a kernel.</param>
    public static ImmutableArray<OperatorShare> Of(
        Graph graph, IReadOnlyDictionary<string, TensorType> types, IReadOnlyList<Node> withoutKernel)
    {
        HashSet<Node> slow = new(withoutKernel, ReferenceEqualityComparer.Instance);
        Dictionary<Node, double> times = new(ReferenceEqualityComparer.Instance);
        foreach (Node node in graph.Nodes)
        {
            times[node] = Nanoseconds(graph, node, types, hasKernel: !slow.Contains(node));
        }

        double all = Math.Max(times.Values.Sum(), double.Epsilon);
        return
        [
            .. slow.GroupBy(static n => n.OperatorName)
                .Select(g => new OperatorShare(
                    g.Key, g.Count(), g.MaxBy(n => times[n])!.DisplayName, g.Sum(n => times[n]) / all))
                .Where(static s => s.Share > MinReported)
                .OrderByDescending(static s => s.Share)
                .ThenBy(static s => s.Operator, StringComparer.Ordinal),
        ];
    }

    private static double Nanoseconds(Graph graph, Node node, IReadOnlyDictionary<string, TensorType> types, bool hasKernel)
    {
        long products = MultiplyAdds.Count(node, name => types[name].Shape);
        long read = node.Inputs.Where(i => i.Length > 0 && !graph.Initializers.ContainsKey(i)).Sum(i => (long)types[i].Shape.Length);
        long elements = Math.Max(read, node.Outputs.Where(types.ContainsKey).Sum(o => (long)types[o].Shape.Length));
        if (hasKernel)
        {
            return (products * KernelNanosecondsPerProduct) + (elements * KernelNanosecondsPerElement);
        }

        Operator known = OperatorSet.Find(node, graph.OpsetVersion);
        double perElement = known is UnaryOperator unary
            ? unary.NanosecondsFor(new OperatorCall(node, graph.OpsetVersion, [new Operand(types[node.Inputs[0]], null)]))
            : known.NanosecondsPerElement;
        return (products * NanosecondsPerProduct) + (elements * perElement);
    }
}
