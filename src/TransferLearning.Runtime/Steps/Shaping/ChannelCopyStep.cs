using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Steps.Shaping;

/// <summary>
/// Copies channels of maps of the same size side by side into the channels of another: those of a concatenation that are not written to
/// their places from the start, and selected channels that a step cannot read where they are.
/// </summary>
internal sealed unsafe class ChannelCopyStep : Step
{
    /// <summary>Copying a run costs about as much as copying this many channels one by one.</summary>
    private const int MinRun = 8;

    private readonly Copy[] _copies;
    private readonly int _channels;

    /// <param name="sources">Channels and their places in the output.</param>
    /// <param name="output">A map of the same size.</param>
    public ChannelCopyStep(IReadOnlyList<Source> sources, Value output)
        : base(output, [.. sources.Select(static s => s.Input).Distinct()])
    {
        _copies = [.. sources.SelectMany(CopiesOf)];
        _channels = sources.Sum(static s => s.Channels.Length);
    }

    private enum Kind
    {
        Run,
        Pairs,
        Selection,
    }

    public override string Description =>
        $"copy of {_channels} channels to {Output.Layout.Channels} on {Output.Layout.Height}x{Output.Layout.Width}";

    public override void RunRows(Workspace workspace, int from, int to)
    {
        FeatureMapLayout output = Output.Layout;
        for (int y = from; y < to; y++)
        {
            float* row = workspace.Origins[Output.Index] + ((nint)y * output.RowStride);
            foreach (Copy copy in _copies)
            {
                FeatureMapLayout input = copy.Input.Layout;
                float* source = workspace.Origins[copy.Input.Index] + ((nint)y * input.RowStride) + copy.First;
                float* target = row + copy.Target;
                switch (copy.Kind)
                {
                    case Kind.Run:
                        ChannelCopies.Copy(source, input.PixelStride, target, output.PixelStride, output.Width, copy.Length);
                        break;
                    case Kind.Pairs:
                        float* second = source + copy.Channels[0];
                        ChannelCopies.Interleave(source, second, input.PixelStride, target, output.PixelStride, output.Width, copy.Length);
                        break;
                    case Kind.Selection:
                        ChannelCopies.Select(source, input.PixelStride, target, output.PixelStride, output.Width, copy.Channels);
                        break;
                    default:
                        throw new InvalidOperationException($"there is no kernel for the copy {copy.Kind}");
                }
            }
        }
    }

    private static IEnumerable<Copy> CopiesOf(Source source)
    {
        int[] channels = source.Channels;
        if (SecondOfPairs(channels) is { } second)
        {
            return [new Copy(Kind.Pairs, source.Input, channels[0], source.FirstChannel, channels.Length / 2, [second - channels[0]])];
        }

        var runs = new List<Copy>();
        for (int i = 0; i < channels.Length;)
        {
            int length = 1;
            while (i + length < channels.Length && channels[i + length] == channels[i] + length)
            {
                length++;
            }

            runs.Add(new Copy(Kind.Run, source.Input, channels[i], source.FirstChannel + i, length, []));
            i += length;
        }

        return runs.Count == 1 || runs.Count * MinRun <= channels.Length
            ? runs
            : [new Copy(Kind.Selection, source.Input, 0, source.FirstChannel, channels.Length, channels)];
    }

    /// <summary>The first channel of the second of two runs, if the channels alternate between them; else null.</summary>
    private static int? SecondOfPairs(int[] channels)
    {
        if (channels.Length < 4 || channels.Length % 2 != 0)
        {
            return null;
        }

        for (int i = 2; i < channels.Length; i++)
        {
            if (channels[i] != channels[i - 2] + 1)
            {
                return null;
            }
        }

        return channels[1] == channels[0] + 1 ? null : channels[1];
    }

    /// <summary>Channels of a map, and the channel of the output for the first of them.</summary>
    internal readonly record struct Source(Value Input, int[] Channels, int FirstChannel);

    /// <param name="Kind">How the channels are copied.</param>
    /// <param name="Input">The map that is read.</param>
    /// <param name="First">The channel of the map from which the others are counted.</param>
    /// <param name="Target">The channel of the output for the first of them.</param>
    /// <param name="Length">The number of channels, or of pairs.</param>
    /// <param name="Channels">The channels of a selection; the first channel of the second run of pairs.</param>
    private sealed record Copy(Kind Kind, Value Input, int First, int Target, int Length, int[] Channels);
}
