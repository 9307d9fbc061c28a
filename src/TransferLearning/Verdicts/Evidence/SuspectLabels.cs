using TransferLearning.Data;
using TransferLearning.Evaluation;

namespace TransferLearning.Verdicts.Evidence;

/// <summary>Counts probably wrong labels among evaluated images.</summary>
internal static class SuspectLabels
{
    // With fewer images per class, the mean probability of a class's own images is itself a guess.
    private const int MinImagesPerClass = 10;

    /// <summary>The number, by confident learning; 0 where there are too few images to say.</summary>
    public static int Count(EvaluatedImages evaluated)
    {
        ImageDataset images = evaluated.Images;
        int classes = images.Labels.Count;
        return classes < 2 || images.Count < MinImagesPerClass * classes
            ? 0
            : ConfidentLearning.Find(images.LabelIndices, evaluated.Probabilities, classes).Count;
    }
}
