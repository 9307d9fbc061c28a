namespace TransferLearning.PseudoLabeling;

/// <summary>
/// Spreads class probabilities over a graph of similar images, so that its neighbors help to label an image (Zhou et al., "Learning with
/// local and global consistency", 2004). Deterministic.
/// </summary>
internal static class LabelPropagation
{
    // Further rounds would change a probability by at most 0.5^12, less than a thousandth.
    private const int Rounds = 12;

    // The share that an image takes from its neighbors; the rest stays its own. Of 0.5, 0.8 and 0.95, the first gave the best labels.
    private const float NeighborShare = 0.5f;

    /// <summary>[n, classes]: the probabilities after spreading, each row with sum 1.</summary>
    /// <param name="graph">The graph of similar rows.</param>
    /// <param name="own">[n, classes]: the probabilities of each image by itself.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static float[] Spread(
        NeighborGraph graph, float[] own, int classes, int threads, CancellationToken cancellationToken = default)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        float[] current = own, next = new float[own.Length], spare = new float[own.Length];
        for (int round = 0; round < Rounds; round++)
        {
            float[] from = current, to = next;
            Parallel.For(0, graph.Count, options, row => Gather(graph, own, from, to.AsSpan(row * classes, classes), row));
            (current, next) = (to, round == 0 ? spare : from);
        }

        for (int row = 0; row < graph.Count; row++)
        {
            ToProbabilities(current.AsSpan(row * classes, classes));
        }

        return current;
    }

    private static void Gather(NeighborGraph graph, float[] own, float[] from, Span<float> to, int row)
    {
        int classes = to.Length;
        to.Clear();
        foreach ((int neighbor, float weight) in graph.Of(row))
        {
            for (int c = 0; c < classes; c++)
            {
                to[c] += weight * from[(neighbor * classes) + c];
            }
        }

        for (int c = 0; c < classes; c++)
        {
            to[c] = (NeighborShare * to[c]) + ((1 - NeighborShare) * own[(row * classes) + c]);
        }
    }

    private static void ToProbabilities(Span<float> row)
    {
        double sum = 0;
        foreach (float value in row)
        {
            sum += value;
        }

        for (int c = 0; c < row.Length; c++)
        {
            row[c] = (float)(row[c] / sum);
        }
    }
}
