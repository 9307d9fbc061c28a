using TransferLearning.Heads.Objective;

namespace TransferLearning.Models;

/// <summary>A model's prediction for one image. Immutable.</summary>
/// <remarks>Thread-safe. Takes 4 bytes per class, and stays valid when the model is disposed of.</remarks>
public sealed class Prediction
{
    private readonly IReadOnlyList<string> _labels;
    private readonly float[] _probabilities;
    private readonly int _best;

    internal Prediction(IReadOnlyList<string> labels, float[] probabilities, float? unknownScore)
    {
        (_labels, _probabilities, UnknownScore) = (labels, probabilities, unknownScore);
        _best = SoftmaxRows.Largest(probabilities, probabilities.Length);
    }

    /// <summary>The most probable class; of equally probable ones, the first in the model's order.</summary>
    public string Label => _labels[_best];

    /// <summary>The probability of <see cref="Label"/>, 0..1.</summary>
    public float Probability => _probabilities[_best];

    /// <summary>One probability per class, 0..1, in the order of <see cref="TransferModel.Labels"/>; they add up to 1.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>
    /// How far the image's features lie outside the model's classes, relative to the detector's threshold, in standard deviations among
    /// images of the classes. Above 0, the image is out-of-distribution: it seems to be of none of the classes. Computed from relative
    /// Mahalanobis distances (Ren et al., 2021) and distances to typical images of each class. Null where the model has no
    /// out-of-distribution detector.
    /// </summary>
    public float? UnknownScore { get; }

    /// <summary>
    /// True where the image is out-of-distribution: it seems to be of none of the classes, and the label is only the nearest class. Always
    /// false where the model has no out-of-distribution detector: see <see cref="TransferModel.FalseRejectRate"/>.
    /// </summary>
    public bool IsUnknown => UnknownScore > 0;

    /// <summary>The most probable classes, best first; equally probable ones in the model's order.</summary>
    /// <param name="count">The number of classes, at least 1; fewer are returned where the model has fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public IReadOnlyList<ScoredLabel> Top(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int[] order = new int[_probabilities.Length];
        for (int c = 0; c < order.Length; c++)
        {
            order[c] = c;
        }

        Array.Sort(order, CompareRank);
        var top = new ScoredLabel[Math.Min(count, order.Length)];
        for (int i = 0; i < top.Length; i++)
        {
            top[i] = new ScoredLabel(_labels[order[i]], _probabilities[order[i]]);
        }

        return top;
    }

    /// <summary>The class and its probability, and whether the image seems to be of none of the classes.</summary>
    public override string ToString() => $"{(IsUnknown ? "of none of the classes, nearest to " : "")}{Label} ({Probability:P1})";

    private int CompareRank(int a, int b)
    {
        int byProbability = _probabilities[b].CompareTo(_probabilities[a]);
        return byProbability != 0 ? byProbability : a.CompareTo(b);
    }
}
