using TransferLearning.Heads.Objective;

namespace TransferLearning.Models;

/// <summary>What a model says about an image. Immutable; thread-safe.</summary>
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

    /// <summary>The most probable class; of equals, the first in the model's order.</summary>
    public string Label => _labels[_best];

    /// <summary>The probability of <see cref="Label"/>, 0..1.</summary>
    public float Probability => _probabilities[_best];

    /// <summary>A probability a class, in the order of <see cref="TransferModel.Labels"/>; they add up to 1.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>
    /// How much less the image's features belong to any of the classes than the threshold allows, in standard deviations among images of
    /// the classes: above 0 for an image of none of them. From relative Mahalanobis distances (Ren et al., 2021) and distances to typical
    /// images of each class. Null where the model cannot tell.
    /// </summary>
    public float? UnknownScore { get; }

    /// <summary>
    /// True where the image seems to be of none of the classes; the label is then only the least unlike. Always false where the model
    /// cannot tell: see <see cref="TransferModel.FalseRejectRate"/>.
    /// </summary>
    public bool IsUnknown => UnknownScore > 0;

    /// <summary>The most probable classes, best first; equals in the model's order.</summary>
    /// <param name="count">How many, at least 1; fewer come back where the model has fewer classes.</param>
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

    /// <summary>The class and its probability, and whether the image seems to be of none.</summary>
    public override string ToString() => $"{(IsUnknown ? "unknown, least unlike " : "")}{Label} ({Probability:P1})";

    private int CompareRank(int a, int b)
    {
        int byProbability = _probabilities[b].CompareTo(_probabilities[a]);
        return byProbability != 0 ? byProbability : a.CompareTo(b);
    }
}
