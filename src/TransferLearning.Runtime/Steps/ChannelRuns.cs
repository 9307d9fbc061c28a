namespace TransferLearning.Runtime.Steps;

/// <summary>The channels of a map that a step reads: runs of consecutive channels, all of the same length.</summary>
/// <param name="Starts">The first channel of each run, in ascending order.</param>
/// <param name="Length">The number of channels per run.</param>
internal sealed record ChannelRuns(int[] Starts, int Length)
{
    /// <summary>The number of channels.</summary>
    public int Count => Starts.Length * Length;

    /// <summary>The runs of channels in ascending order, if they have one length; else null.</summary>
    public static ChannelRuns? Of(ReadOnlySpan<int> channels)
    {
        var starts = new List<int>();
        for (int i = 0; i < channels.Length; i++)
        {
            if (i == 0 || channels[i] != channels[i - 1] + 1)
            {
                starts.Add(channels[i]);
            }
        }

        if (starts.Count == 0 || channels.Length % starts.Count != 0)
        {
            return null;
        }

        int length = channels.Length / starts.Count;
        for (int run = 0; run < starts.Count; run++)
        {
            if (channels[run * length] != starts[run])
            {
                return null;
            }
        }

        return new ChannelRuns([.. starts], length);
    }
}
