using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;

namespace TransferLearning.Runtime.Tests.Passes;

/// <summary>Checks that a graph computes the same after a pass.</summary>
internal static class PassAssert
{
    /// <summary>Runs a pass, checks its outputs on a seeded input against the graph's own, and returns the changed graph.</summary>
    public static Graph KeepsOutputs(Graph graph, Func<Graph, Graph> pass, double tolerance = 1e-5)
    {
        Graph changed = pass(graph);

        GraphValidation.Check(changed);
        changed.Outputs.ShouldBe(graph.Outputs);
        var feeds = graph.Inputs.ToDictionary(i => i.Name, i => SeededInput.Create(i.Shape, 7));
        IReadOnlyDictionary<string, Tensor> expected = GraphEvaluator.Run(graph, feeds);
        IReadOnlyDictionary<string, Tensor> actual = GraphEvaluator.Run(changed, feeds);
        foreach (ValueInfo output in graph.Outputs)
        {
            actual[output.Name].Shape.ShouldBe(expected[output.Name].Shape);
            Difference.Relative(actual[output.Name].Floats, expected[output.Name].Floats).ShouldBeLessThan(tolerance);
        }

        return changed;
    }

    /// <summary>The operators of a graph after a pass, in order, without nodes that no output depends on.</summary>
    public static string Operators(Graph graph) => string.Join(' ', UnusedRemoval.Run(graph).Nodes.Select(n => n.OperatorName));
}
