namespace TransferLearning.Runtime.Execution;

/// <summary>
/// Where each of some values lies in the memory that they share. Values whose lifetimes do not overlap share memory: every value alive at
/// the same time has an interval of its own, a multiple of a cache line.
/// </summary>
internal sealed class MemoryPlan
{
    private const int Line = 16;
    private readonly List<Placement> _placements = [];

    /// <summary>Places the largest values first, each at the lowest free interval.</summary>
    public MemoryPlan(IEnumerable<Lifetime> lifetimes)
    {
        foreach (Lifetime lifetime in lifetimes.OrderByDescending(static l => l.Value.Layout.Length).ThenBy(static l => l.Value.Index))
        {
            Place(lifetime);
        }
    }

    /// <summary>The floats that all values take together.</summary>
    public long Length { get; private set; }

    public IReadOnlyList<Placement> Placements => _placements;

    private void Place(Lifetime lifetime)
    {
        long length = RoundUp(lifetime.Value.Layout.Length), offset = 0;
        foreach (Placement other in _placements.OrderBy(static p => p.Offset))
        {
            long end = other.Offset + RoundUp(other.Lifetime.Value.Layout.Length);
            if (other.Lifetime.Overlaps(lifetime) && other.Offset < offset + length && offset < end)
            {
                offset = end;
            }
        }

        _placements.Add(new Placement(lifetime, offset));
        Length = Math.Max(Length, offset + length);
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
    }
}
