namespace TransferLearning.Runtime.Execution;

/// <summary>
/// Where each of some values lies in the memory that they share. Values whose lifetimes do not overlap share memory: every value alive at
/// the same time has an interval of its own, a multiple of a cache line.
/// </summary>
internal sealed class MemoryPlan
{
    private const int Line = 16;

    /// <summary>Places the largest values first, each at the lowest free interval.</summary>
    public MemoryPlan(IEnumerable<Lifetime> lifetimes)
    {
        var placements = new List<Placement>();
        foreach (Lifetime lifetime in lifetimes.OrderByDescending(static l => l.Value.Layout.Length).ThenBy(static l => l.Value.Index))
        {
            placements.Add(new Placement(lifetime, FreeOffset(lifetime, placements)));
        }

        Placements = [.. placements];
        Length = placements.Select(static p => p.End).DefaultIfEmpty(0).Max();
    }

    /// <summary>The floats that all values take together.</summary>
    public long Length { get; }

    public Placement[] Placements { get; }

    /// <summary>The lowest offset where a value meets none that is alive with it.</summary>
    private static long FreeOffset(Lifetime lifetime, List<Placement> placements)
    {
        long length = RoundUp(lifetime.Value.Layout.Length), offset = 0;
        foreach (Placement other in placements.OrderBy(static p => p.Offset))
        {
            if (other.Lifetime.Overlaps(lifetime) && other.Offset < offset + length && offset < other.End)
            {
                offset = other.End;
            }
        }

        return offset;
    }

    private static long RoundUp(long length) => (length + Line - 1) / Line * Line;

    /// <summary>The steps from the one that writes a value to the last that reads it.</summary>
    internal sealed record Lifetime(Value Value, int Birth, int Death)
    {
        public bool Overlaps(Lifetime other) => Birth <= other.Death && other.Birth <= Death;
    }

    internal sealed record Placement(Lifetime Lifetime, long Offset)
    {
        public Value Value => Lifetime.Value;

        public long End => Offset + RoundUp(Value.Layout.Length);
    }
}
