using System.Globalization;

namespace TransferLearning.Bottlenecks;

/// <summary>
/// One of several parts of an extraction, which different processes compute, on one machine or on many. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe. The images are divided by their positions in the data set, whose order is the same on every machine: shard I of N has the
/// positions I, I + N, I + 2N and so on. So each process knows its images from the names alone, without reading a file and without the
/// others. A division by content would need every process to read all images first.
/// </remarks>
public sealed record ExtractionShard
{
    /// <summary>Names a shard.</summary>
    /// <param name="index">Its number, 0 to <paramref name="count"/> - 1.</param>
    /// <param name="count">The number of shards, at least 1; the same for all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such shard.</exception>
    public ExtractionShard(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        (Index, Count) = (index, count);
    }

    /// <summary>The number of the shard, 0 to <see cref="Count"/> - 1.</summary>
    public int Index { get; }

    /// <summary>The number of shards, at least 1.</summary>
    public int Count { get; }

    /// <summary>Number and count, such as <c>3/16</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    /// <summary>The positions of the shard's images, ascending.</summary>
    /// <param name="images">The number of images in the data set.</param>
    internal int[] Positions(int images)
    {
        int[] positions = new int[(int)(((long)images - Index + Count - 1) / Count)];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = Index + (i * Count);
        }

        return positions;
    }
}
