using TransferLearning.Bottlenecks;
using TransferLearning.Heads;

namespace TransferLearning.Strategies.Augmentation;

/// <summary>
/// The bottlenecks of further views of training images, which are learned from beside the images themselves. Immutable.
/// </summary>
/// <param name="views">At least one: for each view, row i shows the image of training row i. Training rows after the last image, such as
/// remembered features, have no views.</param>
internal sealed class TrainingViews(IReadOnlyList<BottleneckMatrix> views)
{
    /// <summary>The number of training rows that have views: the first ones.</summary>
    private int Images => views[0].Count;

    /// <summary>The views of some training rows, in the order given.</summary>
    /// <param name="rows">Training rows; those without views come last.</param>
    public TrainingViews Select(int[] rows)
    {
        int[] viewed = Array.FindAll(rows, r => r < Images);
        return new TrainingViews([.. views.Select(v => v.Select(viewed))]);
    }

    /// <summary>These and the views of more training rows.</summary>
    /// <param name="next">As many views per image.</param>
    public TrainingViews Join(TrainingViews next) => new([.. views.Zip(next.Views, (a, b) => Join([a, b]))]);

    /// <summary>The training rows, then all views with the labels of their images. The rows of one image weigh as much as the image did:
    /// a fixed penalty, or rows without views, keep their influence.</summary>
    /// <param name="training">The training rows.</param>
    public LabeledBottlenecks AddTo(LabeledBottlenecks training)
    {
        float part = 1f / (1 + views.Count);
        float[] weights = new float[training.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (training.Weights.IsEmpty ? 1 : training.Weights[i]) * (i < Images ? part : 1);
        }

        return new LabeledBottlenecks(
            Join([training.Bottlenecks, .. views]), Repeat(training.Labels), training.ClassNames, Repeat<float>(weights));
    }

    /// <summary>The numbers of the training rows, then those of their images for all views.</summary>
    /// <param name="numbers">[training rows], such as groups or folds.</param>
    public T[] Repeat<T>(ReadOnlySpan<T> numbers)
    {
        var all = new T[numbers.Length + (views.Count * Images)];
        numbers.CopyTo(all);
        for (int v = 0; v < views.Count; v++)
        {
            numbers[..Images].CopyTo(all.AsSpan(numbers.Length + (v * Images)));
        }

        return all;
    }

    private IReadOnlyList<BottleneckMatrix> Views => views;

    private static BottleneckMatrix Join(IReadOnlyList<BottleneckMatrix> parts)
    {
        int count = parts.Sum(p => p.Count), features = parts[0].FeatureSize;
        float[] values = new float[checked(count * features)];
        int next = 0;
        foreach (BottleneckMatrix part in parts)
        {
            part.Values.CopyTo(values.AsSpan(next));
            next += part.Values.Length;
        }

        return new BottleneckMatrix(count, features, values);
    }
}
