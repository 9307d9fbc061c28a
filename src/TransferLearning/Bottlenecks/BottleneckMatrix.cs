namespace TransferLearning.Bottlenecks;

/// <summary>The bottlenecks (a backbone's features) of images, one row per image. Immutable.</summary>
/// <remarks>Thread-safe. Takes 4 bytes per value, in managed memory; reading rows copies nothing.</remarks>
public sealed class BottleneckMatrix
{
    private readonly ReadOnlyMemory<float> _values;

    /// <summary>Wraps computed values.</summary>
    /// <param name="count">Rows: the number of images.</param>
    /// <param name="featureSize">Columns: the length of one bottleneck, at least 1.</param>
    /// <param name="values">[count, featureSize]. The memory is not copied: do not write to it afterwards.</param>
    /// <exception cref="ArgumentException">The number of values is not count * featureSize.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 0, or the feature size below 1.</exception>
    public BottleneckMatrix(int count, int featureSize, ReadOnlyMemory<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureSize, 1);
        if (values.Length != (long)count * featureSize)
        {
            throw new ArgumentException(
                $"{count} rows of {featureSize} features need {(long)count * featureSize} values, not {values.Length}", nameof(values));
        }

        (Count, FeatureSize, _values) = (count, featureSize, values);
    }

    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>The number of features per image.</summary>
    public int FeatureSize { get; }

    /// <summary>[Count, FeatureSize], row-major.</summary>
    public ReadOnlySpan<float> Values => _values.Span;

    /// <summary>The bottleneck of one image, [FeatureSize].</summary>
    /// <param name="index">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<float> Row(int index) => _values.Span.Slice(index * FeatureSize, FeatureSize);

    /// <summary>Copies some rows, in the order given.</summary>
    /// <param name="rows">Row numbers, from 0; a number may occur more than once.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public BottleneckMatrix Select(ReadOnlySpan<int> rows)
    {
        float[] values = new float[checked(rows.Length * FeatureSize)];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(values.AsSpan(i * FeatureSize));
        }

        return new BottleneckMatrix(rows.Length, FeatureSize, values);
    }
}
