using TransferLearning.Runtime.Execution.Steps;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// Where each value of one image lies in the memory that the steps share. Values whose lifetimes do not overlap share memory: an interval
/// of its own, a multiple of a cache line, for every value alive at the same time.
/// </summary>
internal sealed class MemoryPlan
{
    private const int Line = 16;
    private readonly Dictionary<Value, long> _offsets = [];

    /// <param name="steps">In the order in which they run.</param>
    /// <param name="input">Alive from the beginning.</param>
    /// <param name="kept">Values that live elsewhere.</param>
    /// <param name="output">Alive to the end.</param>
    public MemoryPlan(IReadOnlyList<Step> steps, Value input, Value output, IReadOnlySet<Value> kept)
    {
        var birth = new Dictionary<Value, int> { [input] = -1 };
        var death = new Dictionary<Value, int> { [input] = -1 };
        for (int i = 0; i < steps.Count; i++)
        {
            birth.TryAdd(steps[i].Output, i);
            foreach (Value value in steps[i].Inputs.Append(steps[i].Output))
            {
                death[value] = i;
            }
        }

        death[output] = steps.Count;
        foreach (Value value in birth.Keys.Where(v => !kept.Contains(v)).OrderByDescending(static v => v.Layout.Length).ThenBy(static v => v.Index))
        {
            Place(value, birth, death);
        }
    }

    public long Length { get; private set; }

    public IEnumerable<KeyValuePair<Value, long>> Offsets => _offsets;

    /// <summary>The lowest free interval among the values placed already, the largest first.</summary>
    private void Place(Value value, Dictionary<Value, int> birth, Dictionary<Value, int> death)
    {
        long length = RoundUp(value.Layout.Length);
        long offset = 0;
        foreach ((Value other, long start) in _offsets.OrderBy(static o => o.Value))
        {
            bool together = birth[other] <= death[value] && birth[value] <= death[other];
            if (together && start < offset + length && offset < start + RoundUp(other.Layout.Length))
            {
                offset = start + RoundUp(other.Layout.Length);
            }
        }

        _offsets.Add(value, offset);
        Length = Math.Max(Length, offset + length);
    }

    private static long RoundUp(long length) => (length + Line - 1) / Line * Line;
}
