using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.PseudoLabeling;

/// <summary>
/// Labels images in three steps: by a head trained on few images, by label propagation between similar images, and by a Gaussian fitted to
/// each class. In frozen features, the images of a class form a cluster whose shape few labeled images cannot show, but many unlabeled ones
/// can.
/// </summary>
internal static class PseudoLabeler
{
    // Memory and time of the graph grow with the square of the number of rows.
    private const int MaxUnlabeledRows = 8192;

    /// <summary>
    /// Labels every row; the same for any number of threads. Rows that seem to belong to none of the classes are labeled by the head alone,
    /// and change the label of no other row.
    /// </summary>
    /// <param name="head">A head trained on the labeled rows.</param>
    /// <param name="labeled">Rows whose class is known; their labels are propagated.</param>
    /// <param name="unlabeled">[n, features].</param>
    /// <param name="isUnknown">[n]: true for rows that seem to belong to none of the classes.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static PseudoLabels Label(
        LinearHead head,
        LabeledBottlenecks labeled,
        BottleneckMatrix unlabeled,
        bool[] isUnknown,
        int threads,
        CancellationToken cancellationToken = default)
    {
        int classes = head.Classes;
        float[] own = HeadPrediction.Probabilities(head, unlabeled, threads, cancellationToken), spread = [.. own];
        int[] known = [.. Enumerable.Range(0, unlabeled.Count).Where(i => !isUnknown[i])];
        int parts = (known.Length + MaxUnlabeledRows - 1) / MaxUnlabeledRows;
        for (int part = 0; part < parts; part++)
        {
            // Interleaved rows: the images of a folder come class by class, and each part needs all classes.
            int[] rows = [.. known.Where((_, i) => i % parts == part)];
            float[] result =
                Spread(labeled, unlabeled.Select(rows), Rows(own, rows, classes), classes, threads, cancellationToken);
            for (int i = 0; i < rows.Length; i++)
            {
                result.AsSpan(i * classes, classes).CopyTo(spread.AsSpan(rows[i] * classes));
            }
        }

        return PseudoLabels.MostProbable(spread, classes, isUnknown);
    }

    private static float[] Spread(
        LabeledBottlenecks labeled,
        BottleneckMatrix unlabeled,
        float[] probabilities,
        int classes,
        int threads,
        CancellationToken cancellationToken)
    {
        float[] known = new float[labeled.Count * classes];
        for (int i = 0; i < labeled.Count; i++)
        {
            known[(i * classes) + labeled.Labels[i]] = 1;
        }

        int rows = labeled.Count + unlabeled.Count;
        float[] values = [.. labeled.Bottlenecks.Values, .. unlabeled.Values];
        var all = new BottleneckMatrix(rows, unlabeled.FeatureSize, values);
        var graph = NeighborGraph.Build(all, threads, cancellationToken);
        float[] spread = LabelPropagation.Spread(graph, [.. known, .. probabilities], classes, threads, cancellationToken);
        known.CopyTo(spread, 0);
        float[] refined = SharedCovarianceModel.Refine(all, labeled.Count, spread, classes, threads, cancellationToken);

        // Neighbors and Gaussians err on different images: half of each was safer than either on the image sets tried.
        return [.. refined.Zip(spread, (a, b) => (a + b) / 2).Skip(known.Length)];
    }

    private static float[] Rows(float[] values, int[] rows, int columns)
    {
        float[] selected = new float[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            values.AsSpan(rows[i] * columns, columns).CopyTo(selected.AsSpan(i * columns));
        }

        return selected;
    }
}
