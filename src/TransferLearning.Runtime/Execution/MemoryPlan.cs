namespace TransferLearning.Runtime.Execution;

/// <summary>
/// Where each of some values lies in the memory that they share. Values whose lifetimes do not overlap share memory: every value alive at
/// the same time has an interval of its own, a multiple of a cache line, but for one that takes over the memory of a value which ends with it.
/// </summary>
internal sealed class MemoryPlan
{
    private const int Line = 16;

    /// <summary>Places the largest values first, each at the lowest free interval.</summary>
    public MemoryPlan(IEnumerable<Lifetime> lifetimes)
    {
        var intervals = new List<Interval>();
        foreach (Interval interval in Intervals(lifetimes).OrderByDescending(static i => i.Length).ThenBy(static i => i.Values[0].Index))
        {
            interval.Offset = FreeOffset(interval, intervals);
            intervals.Add(interval);
        }

        Placements = [.. intervals.SelectMany(static i => i.Values.Select(v => new Placement(v, i.Offset)))];
        Length = intervals.Select(static i => i.End).DefaultIfEmpty(0).Max();
    }

    /// <summary>The floats that all values take together.</summary>
    public long Length { get; }

    public Placement[] Placements { get; }

    /// <summary>The lifetimes one by one, but those that take over another's memory with it.</summary>
    private static IEnumerable<Interval> Intervals(IEnumerable<Lifetime> lifetimes)
    {
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
            }

            byValue.Add(lifetime.Value, interval);
        }

        return byValue.Values.Distinct();
    }

    /// <summary>The lowest offset where an interval meets none that is alive with it.</summary>
    private static long FreeOffset(Interval interval, List<Interval> placed)
    {
        long offset = 0;
        foreach (Interval other in placed.OrderBy(static i => i.Offset))
        {
            if (other.Overlaps(interval) && other.Offset < offset + interval.Length && offset < other.End)
            {
                offset = other.End;
            }
        }

        return offset;
    }

    /// <summary>The steps from the one that writes a value to the last that reads it.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Birth">The step that writes it.</param>
    /// <param name="Death">The last step that reads it.</param>
    /// <param name="TakesOver">A value of the same layout, last read by the step that writes this one, whose memory may become this one's.</param>
    internal sealed record Lifetime(Value Value, int Birth, int Death, Value? TakesOver = null);

    internal sealed record Placement(Value Value, long Offset);

    /// <summary>Memory that one value has after another.</summary>
    private sealed class Interval(Lifetime first)
    {
        private readonly int _birth = first.Birth;
        private int _death = first.Death;

        public List<Value> Values { get; } = [first.Value];

        public long Offset { get; set; }

        public long Length { get; } = (first.Value.Layout.Length + Line - 1L) / Line * Line;

        public long End => Offset + Length;

        public void Extend(Lifetime next)
        {
            Values.Add(next.Value);
            _death = Math.Max(_death, next.Death);
        }

        public bool Overlaps(Interval other) => _birth <= other._death && other._birth <= _death;
    }
}
