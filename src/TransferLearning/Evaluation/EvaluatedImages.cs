using TransferLearning.Data;

namespace TransferLearning.Evaluation;

/// <summary>The predictions of a classifier for labeled images, image by image.</summary>
/// <remarks>Immutable; thread-safe. It keeps one probability per image and class in memory.</remarks>
public sealed class EvaluatedImages
{
    private readonly float[] _probabilities;

    /// <param name="images">Labeled images, with the classifier's classes in its order.</param>
    /// <param name="probabilities">[images, classes].</param>
    internal EvaluatedImages(ImageDataset images, float[] probabilities)
    {
        (Images, _probabilities) = (images, probabilities);
        Metrics = ClassificationMetrics.Compute(images.Labels, images.LabelIndices, probabilities);
    }

    /// <summary>The images, with the classifier's classes.</summary>
    public ImageDataset Images { get; }

    /// <summary>[images, classes], row-major: the probability of each class, 0..1.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>The metrics of the probabilities over all images.</summary>
    public ClassificationMetrics Metrics { get; }

    /// <summary>The probabilities of one image, [classes].</summary>
    /// <param name="image">Its position in <see cref="Images"/>, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<float> Row(int image) => Probabilities.Slice(image * Images.Labels.Count, Images.Labels.Count);

    /// <summary>The images predicted as another class than their label, by ascending probability of the label.</summary>
    /// <param name="count">The maximum number, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public IReadOnlyList<Mistake> WorstMistakes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return
        [
            .. Enumerable.Range(0, Images.Count)
                .Where(i => Predicted(i) != Images.LabelIndices[i])
                .OrderBy(LabelProbability)
                .Take(count)
                .Select(i => new Mistake(i, Images.Images[i], Images.Labels[Predicted(i)], Row(i)[Predicted(i)], LabelProbability(i))),
        ];
    }

    /// <summary>The most probable class of an image; of equal ones, the first.</summary>
    internal int Predicted(int image)
    {
        ReadOnlySpan<float> row = Row(image);
        int best = 0;
        for (int c = 1; c < row.Length; c++)
        {
            best = row[c] > row[best] ? c : best;
        }

        return best;
    }

    /// <summary>The probability of the image's label.</summary>
    internal double LabelProbability(int image) => Row(image)[Images.LabelIndices[image]];
}
