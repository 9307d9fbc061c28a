using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Stages;

/// <summary>
/// Divides a network where its resolution changes: what lies before a boundary runs once per image, what follows is trained. A boundary is
/// a map that all later values depend on, and besides which they depend on nothing but constants: the end of a residual block, never a
/// value within one. Immutable.
/// </summary>
internal sealed class NetworkStages
{
    /// <summary>A boundary may be as much larger than the smallest map of its resolution: an expanded map costs more than the last
    /// block.</summary>
    private const int MaxGrowth = 2;

    private NetworkStages(IReadOnlyList<StageBoundary> boundaries) => Boundaries = boundaries;

    /// <summary>The boundaries, from the image to the output. There is one stage more than boundaries.</summary>
    public IReadOnlyList<StageBoundary> Boundaries { get; }

    /// <summary>The number of stages.</summary>
    public int Count => Boundaries.Count + 1;

    /// <summary>Divides a graph.</summary>
    /// <param name="graph">A graph with one input [1, C, H, W] and one output.</param>
    /// <exception cref="InvalidNetworkException">An input shape is not known, or the nodes do not fit each other.</exception>
    public static NetworkStages Of(Graph graph)
    {
        IReadOnlyDictionary<string, TensorType> types = ShapeInference.Infer(graph);
        List<StageBoundary> cuts = [.. CutsOf(graph).Select(v => new StageBoundary(v, types[v].Shape)).Where(c => c.Shape.Rank == 4)];
        var boundaries = new List<StageBoundary>();
        foreach (StageBoundary[] stage in Runs(cuts).SkipLast(1))
        {
            int smallest = stage.Min(c => c.Shape.Length);
            boundaries.Add(stage.Last(c => c.Shape.Length <= MaxGrowth * smallest));
        }

        return new NetworkStages(boundaries);
    }

    /// <summary>The value before the last stages; null for all stages, which begin with the image.</summary>
    /// <param name="stages">The number of stages, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The network has fewer stages.</exception>
    public StageBoundary? Before(int stages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stages, Count);
        return stages == Count ? null : Boundaries[^stages];
    }

    /// <summary>The values after which no other value is read any more, in their order.</summary>
    private static IEnumerable<string> CutsOf(Graph graph)
    {
        var lastReader = new Dictionary<string, int>(StringComparer.Ordinal) { [graph.Outputs[0].Name] = int.MaxValue };
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            foreach (string input in graph.Nodes[i].Inputs)
            {
                lastReader[input] = Math.Max(i, lastReader.GetValueOrDefault(input));
            }
        }

        var live = new HashSet<string>(graph.Inputs.Select(i => i.Name), StringComparer.Ordinal);
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            Node node = graph.Nodes[i];
            if (!node.Inputs.Any(live.Contains))
            {
                continue;
            }

            live.UnionWith(node.Outputs.Where(lastReader.ContainsKey));
            live.RemoveWhere(v => lastReader[v] <= i);
            if (live.Count == 1)
            {
                yield return live.Single();
            }
        }
    }

    /// <summary>Divides values into runs of the same resolution; a value of one pixel belongs to the last run.</summary>
    private static IEnumerable<StageBoundary[]> Runs(List<StageBoundary> cuts)
    {
        var run = new List<StageBoundary>();
        foreach (StageBoundary cut in cuts.Where(c => c.Shape[2] > 1 || c.Shape[3] > 1))
        {
            if (run.Count > 0 && (run[^1].Shape[2] != cut.Shape[2] || run[^1].Shape[3] != cut.Shape[3]))
            {
                yield return [.. run];
                run.Clear();
            }

            run.Add(cut);
        }

        if (run.Count > 0)
        {
            yield return [.. run];
        }
    }
}
