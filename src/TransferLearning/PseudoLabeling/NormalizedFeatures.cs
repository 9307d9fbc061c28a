using TransferLearning.Bottlenecks;
using TransferLearning.Numerics;

namespace TransferLearning.PseudoLabeling;

/// <summary>
/// Power-normalized bottlenecks, minus their mean and with variance 1 on average: nearer to a normal distribution than the rectified
/// features they come from. Immutable.
/// </summary>
internal sealed class NormalizedFeatures
{
    private const int Block = 32;

    private readonly double[] _values;
    private readonly int _count;

    public NormalizedFeatures(BottleneckMatrix bottlenecks)
    {
        (_count, Size) = (bottlenecks.Count, bottlenecks.FeatureSize);
        _values = new double[_count * Size];
        double[] mean = new double[Size];
        for (int i = 0; i < _count; i++)
        {
            PowerNormalization.Apply(bottlenecks.Row(i), _values.AsSpan(i * Size, Size));
            for (int f = 0; f < Size; f++)
            {
                mean[f] += _values[(i * Size) + f] / _count;
            }
        }

        // One scale for all features: how peaked the probabilities are must not depend on the number of features.
        double scale = Scale(mean);
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = (_values[i] - mean[i % Size]) * scale;
        }
    }

    /// <summary>The number of features.</summary>
    public int Size { get; }

    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Size, Size);

    /// <summary>[Size, Size]: the weighted sum of the rows' outer products; the same bits for any number of threads.</summary>
    /// <param name="weights">[n].</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public double[] Scatter(double[] weights, int threads, CancellationToken cancellationToken)
    {
        double[] scatter = new double[Size * Size];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, (Size + Block - 1) / Block, options, block =>
        {
            int start = block * Block, end = Math.Min(start + Block, Size);
            for (int i = 0; i < _count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<double> row = Row(i);
                for (int f = start; f < end; f++)
                {
                    DenseVector.AddScaled(scatter.AsSpan(f * Size, Size), weights[i] * row[f], row);
                }
            }
        });
        return scatter;
    }

    /// <summary>
    /// [classes, Size]: the mean of each class, its rows weighted by their probabilities; and [classes], the sums of those weights.
    /// </summary>
    /// <param name="weights">[n].</param>
    /// <param name="probabilities">[n, classes].</param>
    /// <param name="classes">The number of classes.</param>
    public (double[] Means, double[] Totals) Means(double[] weights, float[] probabilities, int classes)
    {
        double[] means = new double[classes * Size], totals = new double[classes];
        for (int i = 0; i < _count; i++)
        {
            for (int c = 0; c < classes; c++)
            {
                double weight = weights[i] * probabilities[(i * classes) + c];
                totals[c] += weight;
                DenseVector.AddScaled(means.AsSpan(c * Size, Size), weight, Row(i));
            }
        }

        for (int i = 0; i < means.Length; i++)
        {
            means[i] /= totals[i / Size];
        }

        return (means, totals);
    }

    private double Scale(double[] mean)
    {
        double squares = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double difference = _values[i] - mean[i % Size];
            squares += difference * difference;
        }

        return squares > 0 ? Math.Sqrt(_values.Length / squares) : 1;
    }
}
