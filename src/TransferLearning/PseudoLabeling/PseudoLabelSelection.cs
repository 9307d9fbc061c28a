namespace TransferLearning.PseudoLabeling;

/// <summary>
/// Chooses the pseudo-labels to train on: the confident ones of images that seem to belong to a class, and not too many of one class.
/// </summary>
internal static class PseudoLabelSelection
{
    /// <summary>[n]: true for the rows to train on.</summary>
    /// <param name="labels">All pseudo-labels.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="minConfidence">The lowest confidence to train on, 0..1.</param>
    /// <param name="maxClassRatio">
    /// The limit for a class, as a multiple of its even share of the confident rows: those of highest confidence are kept. Infinity for no
    /// limit.
    /// </param>
    public static bool[] Select(PseudoLabels labels, int classes, double minConfidence, double maxClassRatio)
    {
        int[] known = [.. Enumerable.Range(0, labels.Labels.Length).Where(i => !labels.IsUnknown[i])];
        int[] confident = Array.FindAll(known, i => labels.Confidence[i] >= minConfidence);
        double limit = Math.Max(1, Math.Ceiling(maxClassRatio * confident.Length / classes));
        bool[] selected = new bool[labels.Labels.Length];
        foreach (IGrouping<int, int> members in confident.GroupBy(i => labels.Labels[i]))
        {
            // The sort is stable: of equal confidences the first rows stay.
            IEnumerable<int> kept = members.Count() <= limit
                ? members
                : members.OrderByDescending(i => labels.Confidence[i]).Take((int)limit);
            foreach (int row in kept)
            {
                selected[row] = true;
            }
        }

        return selected;
    }
}
