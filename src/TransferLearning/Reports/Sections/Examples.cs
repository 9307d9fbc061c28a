using TransferLearning.Evaluation;
using TransferLearning.Reports.Html;
using TransferLearning.Reports.Pictures;

namespace TransferLearning.Reports.Sections;

/// <summary>Picks images worth showing.</summary>
internal static class Examples
{
    private const int MaxMistakes = 24;
    private const int OccludedMistakes = 3;
    private const int OccludedRight = 3;

    /// <summary>The images that a model is most wrong about.</summary>
    public static PicturesSection WorstMistakes(EvaluatedImages judged) => new(
        "Worst mistakes",
        "The validation images whose own class the model found least probable. Look whether the label is wrong, the image is odd, "
            + "or the classes are hard to tell apart.",
        "No image was taken for another class than its own.",
        [.. judged.WorstMistakes(MaxMistakes).Select(Mistaken)]);

    /// <summary>A few mistakes, and of a few classes the right prediction that is as sure as the middle one of them.</summary>
    public static IReadOnlyList<PictureItem> ToOcclude(EvaluatedImages judged)
    {
        IEnumerable<int> right = Enumerable.Range(0, judged.Images.Count)
            .Where(i => judged.Predicted(i) == judged.Images.LabelIndices[i])
            .GroupBy(i => judged.Images.LabelIndices[i])
            .OrderByDescending(c => c.Count())
            .Take(OccludedRight)
            .Select(c => c.OrderBy(judged.LabelProbability).ElementAt(c.Count() / 2));
        return
        [
            .. judged.WorstMistakes(OccludedMistakes).Select(Mistaken),
            .. right.Select(i => new PictureItem(
                judged.Images.Images[i],
                "Labeled ",
                judged.Images.Images[i].Label!,
                $" and taken for it ({Figure.WholePercent(judged.LabelProbability(i))})")),
        ];
    }

    private static PictureItem Mistaken(Mistake mistake) =>
        PictureItem.Mistaken(mistake.Image, mistake.Predicted, Figure.WholePercent(mistake.Probability));
}
