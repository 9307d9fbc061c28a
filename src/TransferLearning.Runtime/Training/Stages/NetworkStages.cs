using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Stages;

/// <summary>
/// Divides a network where its resolution changes: what lies before a boundary runs once per image, what follows is trained. A boundary is
/// a value that all later values depend on, and besides which they depend on nothing but constants: the end of a residual block, never a
/// value within one. The tokens of a transformer, which keep their number from the first block to the last, are divided into four stages
/// of as many blocks. Immutable.
/// </summary>
internal sealed class NetworkStages
{
    /// <summary>A boundary may be as much larger than the smallest map of its resolution: an expanded map costs more than the last
    /// block.</summary>
    private const int MaxGrowth = 2;

    /// <summary>The ratio of the numbers of pixels from which a resolution is another.</summary>
    private const double MaxPixelGrowth = 1.5;

    /// <summary>The stages that the blocks of a transformer are divided into: as many as a convolutional network has.</summary>
    private const int TokenStages = 4;

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
        IReadOnlyDictionary<string, int> axes = ChannelAxes.Of(graph, types);
        StageBoundary[] cuts =
        [
            .. CutsOf(graph)
                .Where(v => axes.ContainsKey(v) && types[v].Shape is { Rank: 3 or 4 } shape && shape[0] == 1)
                .Select(v => new StageBoundary(v, types[v].Shape, axes[v]))
                .Where(c => c.Pixels > 1 && (c.ChannelAxis == 1 || c.IsChannelsLast)),
        ];
        StageBoundary[][] runs = [.. Runs(cuts)];
        return new NetworkStages(runs.Length == 1
            ? [.. BlockBoundaries(graph, runs[0])]
            : [.. runs.SkipLast(1).Select(LastSmall)]);
    }

    /// <summary>The last value of a run that is about as small as its smallest.</summary>
    private static StageBoundary LastSmall(StageBoundary[] run)
    {
        int smallest = run.Min(c => c.Shape.Length);
        return run.Last(c => c.Shape.Length <= MaxGrowth * smallest);
    }

    /// <summary>
    /// The values between the stages of a transformer, whose tokens keep their number: every so many blocks, which end with the second of
    /// two sums.
    /// </summary>
    private static IEnumerable<StageBoundary> BlockBoundaries(Graph graph, StageBoundary[] cuts)
    {
        HashSet<string> sums =
        [
            .. graph.Nodes.Where(n => n.OperatorName == "Add" && !n.Inputs.Any(graph.Initializers.ContainsKey)).Select(n => n.Output),
        ];
        StageBoundary[] joins = [.. cuts.Where(c => c.IsChannelsLast && sums.Contains(c.Value))];
        int sumsPerBlock = joins.Length % 2 == 0 ? 2 : 1, blocks = joins.Length / sumsPerBlock, stages = Math.Min(TokenStages, blocks);
        for (int stage = 1; stage < stages; stage++)
        {
            yield return joins[(blocks * stage / stages * sumsPerBlock) - 1];
        }
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

    /// <summary>Divides values into runs of the same resolution; a class token, or a window without a border, does not change it.</summary>
    private static IEnumerable<StageBoundary[]> Runs(StageBoundary[] cuts)
    {
        var run = new List<StageBoundary>();
        foreach (StageBoundary cut in cuts)
        {
            if (run.Count > 0 && Math.Max(run[^1].Pixels, cut.Pixels) > MaxPixelGrowth * Math.Min(run[^1].Pixels, cut.Pixels))
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
