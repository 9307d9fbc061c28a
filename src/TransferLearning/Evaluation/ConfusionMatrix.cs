namespace TransferLearning.Evaluation;

/// <summary>How often images of one class were predicted as another.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    internal ConfusionMatrix(IReadOnlyList<string> classNames, int[] counts) => (ClassNames, _counts) = (classNames, counts);

    /// <summary>The classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of images of one class that were predicted as another (or the same).</summary>
    /// <param name="actual">The images' class, from 0.</param>
    /// <param name="predicted">The predicted class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int this[int actual, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)actual, (uint)ClassNames.Count, nameof(actual));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)ClassNames.Count, nameof(predicted));
            return _counts[(actual * ClassNames.Count) + predicted];
        }
    }

    internal ClassMetrics Metrics(int index)
    {
        int support = 0, predicted = 0, correct = this[index, index];
        for (int other = 0; other < ClassNames.Count; other++)
        {
            support += this[index, other];
            predicted += this[other, index];
        }

        double precision = predicted == 0 ? 0 : (double)correct / predicted;
        double recall = support == 0 ? 0 : (double)correct / support;
        double f1 = support + predicted == 0 ? 0 : 2.0 * correct / (support + predicted);
        return new ClassMetrics(ClassNames[index], support, precision, recall, f1);
    }

    internal bool Occurs(int index)
    {
        for (int other = 0; other < ClassNames.Count; other++)
        {
            if (this[index, other] + this[other, index] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
