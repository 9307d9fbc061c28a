namespace TransferLearning.Evaluation;

/// <summary>
/// Predictions in groups of equal size, by their probability: the bins of a reliability diagram that has as many bins as the images are
/// enough for. Not thread-safe.
/// </summary>
internal sealed class ReliabilityGroups
{
    /// <summary>With fewer, the interval of a group's accuracy is wider than 50 points, and says nothing.</summary>
    public const int MinPerGroup = 10;

    /// <summary>More bars do not fit beside each other on a phone.</summary>
    public const int MaxGroups = 5;

    private readonly List<(double Confidence, bool IsRight)> _predictions = [];

    public void Add(double confidence, bool isRight) => _predictions.Add((confidence, isRight));

    /// <summary>The groups, the lowest probabilities first; empty where there are too few images for two of them.</summary>
    public IReadOnlyList<ReliabilityBin> ToBins()
    {
        int groups = Math.Min(MaxGroups, _predictions.Count / MinPerGroup);
        if (groups < 2)
        {
            return [];
        }

        (double Confidence, bool IsRight)[] sorted = [.. _predictions.OrderBy(p => p.Confidence)];
        var bins = new ReliabilityBin[groups];
        for (int i = 0; i < groups; i++)
        {
            int from = (int)((long)i * sorted.Length / groups), to = (int)((i + 1L) * sorted.Length / groups);
            (double Confidence, bool IsRight)[] group = sorted[from..to];
            bins[i] = new ReliabilityBin(
                group[0].Confidence,
                group[^1].Confidence,
                group.Length,
                group.Average(p => p.Confidence),
                group.Average(p => p.IsRight ? 1.0 : 0.0));
        }

        return bins;
    }
}
