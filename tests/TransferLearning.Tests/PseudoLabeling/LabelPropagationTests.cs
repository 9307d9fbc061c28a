using TransferLearning.Bottlenecks;
using TransferLearning.PseudoLabeling;

namespace TransferLearning.Tests.PseudoLabeling;

public class LabelPropagationTests
{
    // Two rays from the origin: rows 0..2 on one, 3..5 on the other.
    private static readonly BottleneckMatrix Rays = new(6, 2, new float[] { 1, 0.1f, 2, 0.1f, 3, 0.1f, 0.1f, 1, 0.1f, 2, 0.1f, 3 });

    [Fact]
    public void Nearer_neighbors_have_larger_weights()
    {
        var graph = NeighborGraph.Build(Rays, threads: 2);

        graph.Count.ShouldBe(6);
        graph.Of(2).ToArray().Select(e => e.Row).ShouldBe([0, 1, 3, 4, 5]);
        Weight(graph, 2, 1).ShouldBeGreaterThan(Weight(graph, 2, 3));
        Weight(graph, 2, 1).ShouldBe(Weight(graph, 1, 2));
    }

    [Fact]
    public void Undecided_rows_take_the_class_of_their_neighbors()
    {
        float[] own = [1, 0, 0.5f, 0.5f, 0.5f, 0.5f, 0, 1, 0.5f, 0.5f, 0.5f, 0.5f];

        float[] spread = LabelPropagation.Spread(NeighborGraph.Build(Rays, threads: 1), own, 2, threads: 1);

        PseudoLabels.MostProbable(spread, 2, new bool[6]).Labels.ShouldBe([0, 0, 0, 1, 1, 1]);
        (spread[2] + spread[3]).ShouldBe(1, 1e-5f);
    }

    private static float Weight(NeighborGraph graph, int from, int to) => graph.Of(from).ToArray().Single(e => e.Row == to).Weight;
}
