using TransferLearning.Bottlenecks;

namespace TransferLearning.Heads;

/// <summary>Bottlenecks with the class of each row: what a head is trained or evaluated on.</summary>
/// <remarks>Immutable; thread-safe. It wraps the memory that it is given; <see cref="Select"/> copies.</remarks>
public sealed class LabeledBottlenecks
{
    private readonly ReadOnlyMemory<int> _labels;
    private readonly ReadOnlyMemory<float> _weights;

    /// <summary>Joins bottlenecks with their labels. Reads every label and weight once.</summary>
    /// <param name="bottlenecks">[n, features].</param>
    /// <param name="labels">
    /// [n], each an index into <paramref name="classNames"/>. The memory is not copied: do not write to it afterwards.
    /// </param>
    /// <param name="classNames">The classes, at least one, all different; rows need not cover them all.</param>
    /// <param name="weights">
    /// [n], how much each row counts: finite and at least 0; empty if all count 1. The memory is not copied: do not write to it afterwards.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The lengths do not match, there is no class or one twice, a label is out of range, or a weight is negative or not finite.
    /// </exception>
    public LabeledBottlenecks(
        BottleneckMatrix bottlenecks, ReadOnlyMemory<int> labels, IReadOnlyList<string> classNames, ReadOnlyMemory<float> weights = default)
    {
        ArgumentNullException.ThrowIfNull(bottlenecks);
        ArgumentNullException.ThrowIfNull(classNames);
        if (labels.Length != bottlenecks.Count)
        {
            throw new ArgumentException($"{bottlenecks.Count} bottlenecks need as many labels, not {labels.Length}", nameof(labels));
        }

        if (!weights.IsEmpty && weights.Length != bottlenecks.Count)
        {
            throw new ArgumentException(
                $"{bottlenecks.Count} bottlenecks need as many weights, or none, not {weights.Length}", nameof(weights));
        }

        if (classNames.Count == 0 || classNames.Distinct(StringComparer.Ordinal).Count() != classNames.Count)
        {
            throw new ArgumentException("expected at least one class, and no class twice", nameof(classNames));
        }

        CheckLabels(labels.Span, classNames.Count);
        CheckWeights(weights.Span);
        (Bottlenecks, _labels, ClassNames, _weights) = (bottlenecks, labels, [.. classNames], weights);
    }

    /// <summary>[n, features].</summary>
    public BottleneckMatrix Bottlenecks { get; }

    /// <summary>[n], indices into <see cref="ClassNames"/>.</summary>
    public ReadOnlySpan<int> Labels => _labels.Span;

    /// <summary>The classes, in the order of the head's outputs.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>[n], how much each row counts; empty if all count 1.</summary>
    public ReadOnlySpan<float> Weights => _weights.Span;

    /// <summary>The number of rows.</summary>
    public int Count => Bottlenecks.Count;

    /// <summary>Copies some rows, in the order given.</summary>
    /// <param name="rows">Row numbers, from 0; a number may occur more than once.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public LabeledBottlenecks Select(ReadOnlySpan<int> rows)
    {
        int[] labels = new int[rows.Length];
        float[] weights = _weights.IsEmpty ? [] : new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            labels[i] = Labels[rows[i]];
            if (weights.Length > 0)
            {
                weights[i] = Weights[rows[i]];
            }
        }

        return new LabeledBottlenecks(Bottlenecks.Select(rows), labels, ClassNames, weights);
    }

    private static void CheckLabels(ReadOnlySpan<int> labels, int classes)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                throw new ArgumentException($"the label of row {i} is {labels[i]}, which is not in 0..{classes - 1}", nameof(labels));
            }
        }
    }

    private static void CheckWeights(ReadOnlySpan<float> weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (!float.IsFinite(weights[i]) || weights[i] < 0)
            {
                throw new ArgumentException($"the weight of row {i} is {weights[i]}: it must be finite and at least 0", nameof(weights));
            }
        }
    }
}
