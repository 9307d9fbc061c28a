using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Networks;

/// <summary>When a gradient is in memory, in layers of the backward pass, and where.</summary>
/// <param name="map">The map.</param>
/// <param name="begin">The layer that writes it first.</param>
/// <param name="length">Its floats.</param>
internal sealed class GradientInterval(BatchMap map, int begin, long length)
{
    public BatchMap Map { get; } = map;

    /// <summary>The layer that reads it last.</summary>
    public int End { get; set; } = begin;

    public long Offset { get; private set; }

    private int Begin { get; } = begin;

    private long Length { get; } = length;

    /// <summary>Places intervals, the largest first, each at the lowest offset where it meets none of the same time.</summary>
    /// <returns>The floats of all.</returns>
    public static long Place(GradientInterval[] intervals)
    {
        var placed = new List<GradientInterval>();
        long total = 0;
        foreach (GradientInterval interval in intervals.OrderByDescending(i => i.Length).ThenBy(i => i.Begin))
        {
            long offset = 0;
            foreach (GradientInterval other in placed.Where(interval.Meets).OrderBy(o => o.Offset))
            {
                if (offset + interval.Length <= other.Offset)
                {
                    break;
                }

                offset = Math.Max(offset, other.Offset + other.Length);
            }

            interval.Offset = offset;
            placed.Add(interval);
            total = Math.Max(total, offset + interval.Length);
        }

        return total;
    }

    private bool Meets(GradientInterval other) => Begin <= other.End && other.Begin <= End;
}
