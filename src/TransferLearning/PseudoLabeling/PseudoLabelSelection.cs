namespace TransferLearning.PseudoLabeling;

/// <summary>Decides which pseudo-labels are learned from: the sure ones, and not too many of one class.</summary>
internal static class PseudoLabelSelection
{
    /// <summary>[n]: true for the rows to learn from.</summary>
    /// <param name="labels">All pseudo-labels.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="minConfidence">What is below is left out, 0..1.</param>
    /// <param name="maxClassRatio">
    /// A class keeps at most so many times its even share of what is sure enough, the surest first; infinity for no limit.
    /// </param>
    public static bool[] Select(PseudoLabels labels, int classes, double minConfidence, double maxClassRatio)
    {
        int[] sure = [.. Enumerable.Range(0, labels.Labels.Length).Where(i => labels.Confidence[i] >= minConfidence)];
        double most = Math.Max(1, Math.Ceiling(maxClassRatio * sure.Length / classes));
        bool[] selected = new bool[labels.Labels.Length];
        foreach (IGrouping<int, int> members in sure.GroupBy(i => labels.Labels[i]))
        {
            // The sort is stable: of equally sure images the first stay.
            IEnumerable<int> kept = members.Count() <= most
                ? members
                : members.OrderByDescending(i => labels.Confidence[i]).Take((int)most);
            foreach (int row in kept)
            {
                selected[row] = true;
            }
        }

        return selected;
    }
}
