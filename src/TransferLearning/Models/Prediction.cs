namespace TransferLearning.Models;

/// <summary>What a model says about an image. Immutable; thread-safe.</summary>
public sealed class Prediction
{
    private readonly IReadOnlyList<string> _labels;
    private readonly float[] _probabilities;
    private readonly int _best;

    internal Prediction(IReadOnlyList<string> labels, float[] probabilities)
    {
        (_labels, _probabilities) = (labels, probabilities);
        _best = probabilities.AsSpan().IndexOf(probabilities.Max());
    }

    /// <summary>The most probable class; of equals, the first in the model's order.</summary>
    public string Label => _labels[_best];

    /// <summary>The probability of <see cref="Label"/>, 0..1.</summary>
    public float Probability => _probabilities[_best];

    /// <summary>A probability a class, in the order of <see cref="TransferModel.Labels"/>; they add up to 1.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>The most probable classes, best first; equals in the model's order.</summary>
    /// <param name="count">How many, at least 1; fewer come back where the model has fewer classes.</param>
    public IReadOnlyList<ScoredLabel> Top(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        IEnumerable<ScoredLabel> all = _labels.Zip(_probabilities, (label, probability) => new ScoredLabel(label, probability));
        return [.. all.OrderByDescending(s => s.Probability).Take(count)];
    }

    /// <summary>The class and its probability.</summary>
    public override string ToString() => $"{Label} ({Probability:P1})";
}
