using TransferLearning.Evaluation;
using TransferLearning.Reports.Html;
using TransferLearning.Reports.Pictures;

namespace TransferLearning.Reports.Sections;

/// <summary>Chooses the images that a report shows.</summary>
internal static class Examples
{
    private const int MaxMistakes = 24;
    private const int OccludedMistakes = 3;
    private const int OccludedRight = 3;

    /// <summary>The images that a model is most wrong about.</summary>
    public static PicturesSection WorstMistakes(EvaluatedImages evaluated) => new(
        "Worst mistakes",
        "The images whose own class got the lowest probability. Check whether the label is wrong, the image is unusual, or the classes "
            + "are hard to tell apart.",
        "Every image was predicted as its own class.",
        [.. evaluated.WorstMistakes(MaxMistakes).Select(Mistaken)]);

    /// <summary>A few mistakes, and for a few classes the right prediction with the median probability.</summary>
    public static IReadOnlyList<PictureItem> ToOcclude(EvaluatedImages evaluated)
    {
        IEnumerable<int> right = Enumerable.Range(0, evaluated.Images.Count)
            .Where(i => evaluated.Predicted(i) == evaluated.Images.LabelIndices[i])
            .GroupBy(i => evaluated.Images.LabelIndices[i])
            .OrderByDescending(c => c.Count())
            .Take(OccludedRight)
            .Select(c => c.OrderBy(evaluated.LabelProbability).ElementAt(c.Count() / 2));
        return
        [
            .. evaluated.WorstMistakes(OccludedMistakes).Select(Mistaken),
            .. right.Select(i => new PictureItem(
                evaluated.Images.Images[i],
                "Labeled ",
                evaluated.Images.Images[i].Label!,
                $", predicted correctly ({Figure.WholePercent(evaluated.LabelProbability(i))})")),
        ];
    }

    private static PictureItem Mistaken(Mistake mistake) =>
        PictureItem.Mistaken(mistake.Image, mistake.Predicted, Figure.WholePercent(mistake.Probability));
}
