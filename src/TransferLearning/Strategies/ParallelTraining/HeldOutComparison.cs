using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies.ParallelTraining;

/// <summary>
/// Predictions of the combined classifier and of the small set's own for the same training images of the small set, by heads that have not
/// learned from these. The pseudo-labels come from all training images, which favors the combined classifier a little. Immutable.
/// </summary>
/// <param name="Combined">Of the combined classifier.</param>
/// <param name="SmallSet">Of the small set's own.</param>
internal sealed record HeldOutComparison(LabeledLogits Combined, LabeledLogits SmallSet)
{
    /// <param name="segments">The predictions of the heads that are combined, at least one; null where a head has none.</param>
    /// <param name="combination">How the heads are combined.</param>
    /// <param name="smallSet">The predictions of the small set's head; null where it has none.</param>
    /// <param name="labeled">The small set's training rows.</param>
    /// <returns>Null where no image is predicted by all heads.</returns>
    public static HeldOutComparison? Of(
        IReadOnlyList<HeldOutPredictions?> segments,
        HeadCombination combination,
        HeldOutPredictions? smallSet,
        LabeledBottlenecks labeled)
    {
        HeldOutPredictions[] all = [.. segments.Append(smallSet).OfType<HeldOutPredictions>()];
        if (smallSet is null || segments.Contains(null))
        {
            return null;
        }

        int[] rows = [.. all.Select(p => p.Rows.AsEnumerable()).Aggregate((a, b) => a.Intersect(b)).Order()];
        int[] labels = Array.ConvertAll(rows, r => labeled.Labels[r]);
        float[][] logits = Array.ConvertAll(all, p => LogitsOf(p, rows));
        IReadOnlyList<float[]> combined = combination switch
        {
            // The logits of the mean head are the mean of the logits.
            HeadCombination.Average or HeadCombination.Best => [Mean(logits[..^1])],
            HeadCombination.Ensemble => logits[..^1],
            _ => throw new ArgumentOutOfRangeException(nameof(combination), combination, null),
        };
        return rows.Length == 0
            ? null
            : new HeldOutComparison(new LabeledLogits(combined, labels), new LabeledLogits([logits[^1]], labels));
    }

    private static float[] LogitsOf(HeldOutPredictions predictions, int[] rows)
    {
        var positions = predictions.Rows.Index().ToDictionary(r => r.Item, r => r.Index);
        return predictions.Select(Array.ConvertAll(rows, r => positions[r])).Logits;
    }

    private static float[] Mean(float[][] logits) =>
        [.. Enumerable.Range(0, logits[0].Length).Select(i => (float)logits.Average(l => (double)l[i]))];
}
