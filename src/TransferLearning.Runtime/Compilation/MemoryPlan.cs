using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Compilation;

/// <summary>
/// The offsets of values in one block of memory. Values alive at the same time have separate intervals, each a multiple of a cache line
/// long; values that are not may share one. A value may also take over the interval of a value that is last read by the step that writes
/// it.
/// </summary>
internal sealed class MemoryPlan
{
    private const int CacheLine = 64 / sizeof(float);

    /// <summary>Places the largest values first, each at the lowest free interval.</summary>
    public MemoryPlan(IEnumerable<Lifetime> lifetimes)
    {
        List<Interval> intervals = Intervals(lifetimes);
        intervals.Sort(static (a, b) =>
            a.Length != b.Length ? b.Length.CompareTo(a.Length) : a.Values[0].Index.CompareTo(b.Values[0].Index));
        var placed = new List<Interval>(intervals.Count);
        var placements = new List<Placement>();
        foreach (Interval interval in intervals)
        {
            Place(interval, placed);
            Length = Math.Max(Length, interval.End);
            foreach (Value value in interval.Values)
            {
                placements.Add(new Placement(value, interval.Offset));
            }
        }

        Placements = [.. placements];
    }

    /// <summary>The length of the block of memory, in floats.</summary>
    public long Length { get; }

    public Placement[] Placements { get; }

    /// <summary>One interval per lifetime, or per succession of lifetimes that take over each other's memory.</summary>
    private static List<Interval> Intervals(IEnumerable<Lifetime> lifetimes)
    {
        var intervals = new List<Interval>();
        var byValue = new Dictionary<Value, Interval>();
        foreach (Lifetime lifetime in lifetimes.OrderBy(static l => l.Birth))
        {
            if (lifetime.TakesOver is { } former && byValue.TryGetValue(former, out Interval? interval))
            {
                interval.Extend(lifetime);
            }
            else
            {
                interval = new Interval(lifetime);
                intervals.Add(interval);
            }

            byValue.Add(lifetime.Value, interval);
        }

        return intervals;
    }

    /// <summary>Places an interval at the lowest offset where it overlaps no other interval that is in use at the same time.</summary>
    /// <param name="interval">The interval to place.</param>
    /// <param name="placed">The placed intervals, sorted by offset, to which the interval is added.</param>
    private static void Place(Interval interval, List<Interval> placed)
    {
        foreach (Interval other in placed)
        {
            if (other.Overlaps(interval) && other.Offset < interval.Offset + interval.Length && interval.Offset < other.End)
            {
                interval.Offset = other.End;
            }
        }

        int next = placed.FindIndex(other => other.Offset > interval.Offset);
        placed.Insert(next < 0 ? placed.Count : next, interval);
    }

    /// <summary>The steps from the one that writes a value to the last that reads it.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Birth">The step that writes it.</param>
    /// <param name="Death">The last step that reads it.</param>
    /// <param name="TakesOver">
    /// A value of the same layout, last read by the step that writes this one, whose memory this one may use.
    /// </param>
    internal sealed record Lifetime(Value Value, int Birth, int Death, Value? TakesOver = null);

    internal sealed record Placement(Value Value, long Offset);

    /// <summary>An interval used by several values in succession.</summary>
    private sealed class Interval(Lifetime first)
    {
        private readonly int _birth = first.Birth;
        private int _death = first.Death;

        public List<Value> Values { get; } = [first.Value];

        public long Offset { get; set; }

        public long Length { get; } = (first.Value.MemoryLength + CacheLine - 1L) / CacheLine * CacheLine;

        public long End => Offset + Length;

        public void Extend(Lifetime next)
        {
            Values.Add(next.Value);
            _death = Math.Max(_death, next.Death);
        }

        public bool Overlaps(Interval other) => _birth <= other._death && other._birth <= _death;
    }
}
