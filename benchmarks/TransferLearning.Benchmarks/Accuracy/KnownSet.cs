using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>A shared set whose classes a detector knows, as a whole or with few images per class for training.</summary>
/// <param name="Name">The set's folder.</param>
/// <param name="PerClass">The number of images per class for training and the threshold; null for all.</param>
internal sealed record KnownSet(string Name, int? PerClass = null)
{
    public override string ToString() => PerClass is null ? Name : $"{Name}, {PerClass} per class";

    /// <summary>
    /// The rows of a detector's training, of its threshold and of the test: the set's own validation images or a fifth for the test; of the
    /// others, or of a few of each class, a fifth for the threshold.
    /// </summary>
    public (int[] Train, int[] Validation, int[] Test) Divide(ImageDataset data, int seed)
    {
        DatasetSplit outer = SharedSets.Divide(data, seed);
        int[] rest = outer.TrainIndices.ToArray();
        int[] kept = PerClass is not { } count
            ? [.. Enumerable.Range(0, rest.Length)]
            : FewOfEachClass(outer.Train, count, seed);
        DatasetSplit inner = outer.Train.Select(kept).Split(0.2, seed + 1000);
        return (
            Array.ConvertAll(inner.TrainIndices.ToArray(), i => rest[kept[i]]),
            Array.ConvertAll(inner.ValidationIndices.ToArray(), i => rest[kept[i]]),
            outer.ValidationIndices.ToArray());
    }

    /// <summary>A detector that is fitted as fine-tuning does it.</summary>
    public static OutOfDistributionDetector Fit(LabeledBottlenecks all, int[] train, int[] validation) =>
        OutOfDistributionDetector.Fit(
            all.Select(train),
            all.Select(validation),
            [.. Enumerable.Range(0, train.Length)],
            FalseRejectRateOption.Default,
            threads: 0)
        ?? throw new InvalidOperationException("the set has too few images for a detector");

    private static int[] FewOfEachClass(ImageDataset data, int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, data.Count)];
        new Random(seed).Shuffle(order);
        return [.. order.GroupBy(i => data.Images[i].Label).SelectMany(g => g.Take(count)).Order()];
    }
}
