using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Compilation.Channels;

/// <summary>
/// Channels of a value in some order, as Split, Gather and channel shuffles select them, which no step has copied. A step may read them
/// where they are; for others they are copied. Immutable.
/// </summary>
/// <param name="Source">The value with the channels.</param>
/// <param name="Channels">The channel of the source for each channel of the selection.</param>
internal sealed record ChannelSelection(Value Source, int[] Channels)
{
    /// <summary>The shortest runs that are worth reading in place: each costs a kernel about as much as three channels.</summary>
    private const int MinRun = 16;

    /// <summary>Consecutive channels.</summary>
    public static ChannelSelection Range(Value source, int first, int count) => new(source, [.. Enumerable.Range(first, count)]);

    /// <summary>A selection from this one.</summary>
    public ChannelSelection Select(ReadOnlySpan<int> channels)
    {
        int[] selected = new int[channels.Length];
        for (int i = 0; i < selected.Length; i++)
        {
            selected[i] = Channels[channels[i]];
        }

        return new ChannelSelection(Source, selected);
    }

    /// <summary>The first channel, if all of them are consecutive and in order; else null.</summary>
    public int? FirstOfRange()
    {
        for (int i = 1; i < Channels.Length; i++)
        {
            if (Channels[i] != Channels[0] + i)
            {
                return null;
            }
        }

        return Channels[0];
    }

    /// <summary>
    /// The channels in ascending order as runs that a convolution can read in place, with the number of each in the selection; null where
    /// they are copied better, as runs are short or differ in length.
    /// </summary>
    public (ChannelRuns Runs, int[] Order)? Runs()
    {
        int[] sorted = [.. Channels];
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        return ChannelRuns.Of(sorted) is { } runs && (runs.Length >= MinRun || runs.Starts.Length == 1) ? (runs, order) : null;
    }
}
