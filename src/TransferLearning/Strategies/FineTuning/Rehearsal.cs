using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>
/// Features drawn from what a model remembers of its classes. They are joined to new images so that training on these does not unlearn the
/// classes: each feature counts as of every class, weighted by the probability that the model's own head gives it (learning without
/// forgetting, Li and Hoiem, 2016). Immutable.
/// </summary>
internal sealed class Rehearsal
{
    // More cost time and change nothing.
    private const int MaxPerClass = 128;

    // Classes of a lower probability would only add rows.
    private const float MinProbability = 0.01f;

    private readonly ContinuedModel _model;
    private readonly BottleneckMatrix _features;
    private readonly float _weight;

    private Rehearsal(ContinuedModel model, BottleneckMatrix features, float weight) =>
        (_model, _features, _weight) = (model, features, weight);

    /// <summary>Draws features that together weigh as much as a number of images of each class.</summary>
    /// <param name="model">A model that remembers its classes.</param>
    /// <param name="imagesPerClass">Above 0.</param>
    /// <param name="seed">Of the draws.</param>
    public static Rehearsal Of(ContinuedModel model, double imagesPerClass, int seed) =>
        Of(model, imagesPerClass, perClass => FeatureReplay.Draw(model.Detector!, perClass, seed));

    /// <summary>The same for the detector: features as far from their classes as those of images that the model has not seen.</summary>
    /// <inheritdoc cref="Of(ContinuedModel, double, int)"/>
    public static Rehearsal OfUnseen(ContinuedModel model, double imagesPerClass, int seed) =>
        Of(model, imagesPerClass, perClass => FeatureReplay.DrawUnseen(model.Detector!, perClass, seed));

    /// <summary>The images, then the remembered features, labeled and weighted by the model's head.</summary>
    /// <param name="images">The new images; other classes than the model's come after these.</param>
    /// <param name="imageGroups">[images]: equal for images that must stay together.</param>
    /// <returns>Rows, and for each row a number that is equal for rows of one feature or of images that must stay together.</returns>
    public (LabeledBottlenecks Rows, int[] Groups) Join(LabeledBottlenecks images, int[] imageGroups)
    {
        int known = _model.Classes.Count;
        float[] probabilities = HeadPrediction.Probabilities(_model.Head, _features);
        (int Row, int Class, float Weight)[] remembered =
        [
            .. Enumerable.Range(0, probabilities.Length)
                .Where(i => probabilities[i] >= MinProbability)
                .Select(i => (i / known, i % known, _weight * probabilities[i])),
        ];
        int[] groups = [.. imageGroups, .. remembered.Select(r => images.Count + r.Row)];
        return (Join(images, [.. remembered.Select(r => r.Row)], r => remembered[r].Class, r => remembered[r].Weight), groups);
    }

    /// <summary>The images, then the remembered features, each of the class that it was drawn for.</summary>
    public LabeledBottlenecks JoinByClass(LabeledBottlenecks images)
    {
        int perClass = _features.Count / _model.Classes.Count;
        return Join(images, [.. Enumerable.Range(0, _features.Count)], r => r / perClass, _ => _weight);
    }

    private static Rehearsal Of(ContinuedModel model, double imagesPerClass, Func<int, BottleneckMatrix> draw)
    {
        int perClass = (int)Math.Clamp(Math.Ceiling(imagesPerClass), 1, MaxPerClass);
        return new Rehearsal(model, draw(perClass), (float)(imagesPerClass / perClass));
    }

    private LabeledBottlenecks Join(LabeledBottlenecks images, int[] rows, Func<int, int> label, Func<int, float> weight)
    {
        float[] values = [.. images.Bottlenecks.Values, .. _features.Select(rows).Values];
        int[] labels = [.. images.Labels, .. Enumerable.Range(0, rows.Length).Select(label)];
        float[] weights = [.. Enumerable.Repeat(1f, images.Count), .. Enumerable.Range(0, rows.Length).Select(weight)];
        return new LabeledBottlenecks(
            new BottleneckMatrix(labels.Length, images.Bottlenecks.FeatureSize, values), labels, images.ClassNames, weights);
    }
}
