using TransferLearning.Data;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>A labeled data set in three parts: a few labeled photos per class, photos held back, and the rest as if unlabeled.</summary>
internal sealed record FewLabels(ImageDataset Small, ImageDataset Larger, ImageDataset HeldBack)
{
    private const double HeldBackShare = 0.25;

    public static FewLabels Draw(ImageDataset data, int labeledPerClass, int seed)
    {
        List<int> small = [], larger = [], heldBack = [];
        var random = new Random(seed);
        foreach (string label in data.Labels)
        {
            int[] rows = [.. Enumerable.Range(0, data.Count).Where(i => data.Images[i].Label == label)];
            random.Shuffle(rows);
            int held = (int)(HeldBackShare * rows.Length);
            heldBack.AddRange(rows[..held]);
            small.AddRange(rows[held..(held + labeledPerClass)]);
            larger.AddRange(rows[(held + labeledPerClass)..]);
        }

        return new FewLabels(data.Select([.. small]), data.Select([.. larger]), data.Select([.. heldBack]));
    }
}
