using TransferLearning.Data;

namespace TransferLearning.Advice;

/// <summary>The images of a data set that a trial learns from and is evaluated on.</summary>
internal static class TrialSample
{
    /// <summary>The most images: with three folds, 400 are learned from at a time.</summary>
    public const int MaxImages = 600;

    /// <summary>With more classes, so few images of each would be learned from that nothing follows for the whole data set.</summary>
    public const int MaxClasses = 40;

    /// <summary>Draws images evenly from all classes, or from some of them where there are many; all of a small data set.</summary>
    /// <param name="images">Labeled images.</param>
    /// <param name="seed">Seeds the choice.</param>
    public static ImageDataset Of(ImageDataset images, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, images.Count)];
        var random = new Random(seed);
        random.Shuffle(rows);
        int[][] classes = [.. rows.GroupBy(r => images.LabelIndices[r]).OrderBy(c => c.Key).Select(c => c.ToArray())];
        if (classes.Length > MaxClasses)
        {
            random.Shuffle(classes);
            classes = classes[..MaxClasses];
        }

        // Each class keeps its share of the images; one that is rare keeps enough for each fold.
        const int MinPerClass = 6;
        double share = Math.Min(1, (double)MaxImages / classes.Sum(c => c.Length));
        return images.Select(
            [.. classes.SelectMany(c => c.Take(Math.Max(MinPerClass, (int)Math.Round(share * c.Length)))).Order()]);
    }
}
