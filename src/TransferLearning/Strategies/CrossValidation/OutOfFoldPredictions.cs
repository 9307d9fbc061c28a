using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads.Objective;
using TransferLearning.Strategies.CrossValidation;

namespace TransferLearning.Strategies;

/// <summary>For every image of a cross-validation, the predictions of heads that have not seen it. Immutable; thread-safe.</summary>
public sealed class OutOfFoldPredictions
{
    private readonly int[] _folds;

    private OutOfFoldPredictions(ImageDataset images, float[] probabilities, int[] folds, double[] rightShare)
    {
        (Evaluated, _folds, RightShare) = (new EvaluatedImages(images, probabilities), folds, rightShare);
        LabelErrors =
        [
            .. ConfidentLearning.Find(images.LabelIndices, probabilities, images.Labels.Count)
                .Select(e => new LabelError(e.Row, images.Images[e.Row], images.Labels[e.Suggested], e.Probability)),
        ];
    }

    /// <summary>The images, with the classes of the model.</summary>
    public ImageDataset Images => Evaluated.Images;

    /// <summary>[images, classes], row-major: the probability of each class, 0..1, at temperature 1; the mean over the
    /// repeats.</summary>
    public ReadOnlySpan<float> Probabilities => Evaluated.Probabilities;

    /// <summary>[images]: the fold that held each image out in the first repeat, from 0.</summary>
    public ReadOnlySpan<int> Folds => _folds;

    /// <summary>How good the probabilities are over all images at once.</summary>
    public ClassificationMetrics Metrics => Evaluated.Metrics;

    /// <summary>
    /// The images whose labels are probably wrong, the most certain first, by confident learning (Northcutt et al., "Confident learning:
    /// estimating uncertainty in dataset labels", 2021): an image counts as of another class where that class is at least as probable for
    /// it as for the class's own images on average. That gives the number of wrong images of each label; its least probable images, that
    /// many, are candidates. Listed are the candidates whose label is at least ten times less probable than for its images on average, and
    /// the least probable of all candidates, as many as seem to have been labeled at random.
    /// </summary>
    public IReadOnlyList<LabelError> LabelErrors { get; }

    /// <summary>The same predictions, as an evaluation.</summary>
    internal EvaluatedImages Evaluated { get; }

    /// <summary>[images]: the share of repeats in which the image was classified correctly, 0..1.</summary>
    internal IReadOnlyList<double> RightShare { get; }

    /// <summary>The probabilities of one image, [classes].</summary>
    /// <param name="image">Its position in <see cref="Images"/>.</param>
    public ReadOnlySpan<float> Row(int image) => Evaluated.Row(image);

    /// <summary>The images whose own class is least probable, the hardest first.</summary>
    /// <param name="count">The largest number of images, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public IReadOnlyList<HardImage> HardestImages(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return
        [
            .. Enumerable.Range(0, Images.Count)
                .Select(i => new HardImage(i, Images.Images[i], Images.Labels[Evaluated.Predicted(i)], Evaluated.LabelProbability(i)))
                .OrderBy(h => h.Probability)
                .Take(count),
        ];
    }

    internal static OutOfFoldPredictions Of(ImageDataset images, int[] foldOf, TrainedFold[] folds, int repeats)
    {
        int classes = images.Labels.Count;
        double[] sums = new double[images.Count * classes];
        int[] right = new int[images.Count];
        foreach (TrainedFold fold in folds)
        {
            float[] probabilities = fold.Probabilities();
            for (int i = 0; i < fold.HeldOut.Length; i++)
            {
                int image = fold.HeldOut[i];
                int predicted = SoftmaxRows.Largest(probabilities.AsSpan(i * classes, classes), classes);
                right[image] += predicted == images.LabelIndices[image] ? 1 : 0;
                for (int c = 0; c < classes; c++)
                {
                    sums[(image * classes) + c] += probabilities[(i * classes) + c];
                }
            }
        }

        return new OutOfFoldPredictions(
            images,
            Array.ConvertAll(sums, s => (float)(s / repeats)),
            foldOf,
            Array.ConvertAll(right, r => (double)r / repeats));
    }
}
