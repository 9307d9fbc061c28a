using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// The weights of a convolution or matrix product packed for the tile kernels: panels of 1 to 3 vectors of output channels,
/// [panel][segment][value][lane]. Groups of a grouped convolution that are narrower than a vector are joined with their neighbors to a
/// block, with zeros for weights from one group to another. Immutable; thread-safe.
/// </summary>
internal sealed unsafe class PackedConvolution : IDisposable
{
    private readonly AlignedMemory _weights;
    private readonly AlignedMemory _bias;

    private PackedConvolution(AlignedMemory weights, AlignedMemory bias, Panel[] panels, int segments, int segmentLength, bool rows)
    {
        (_weights, _bias, Panels) = (weights, bias, panels);
        (Segments, SegmentLength, SegmentsAreRows) = (segments, segmentLength, rows);
    }

    public Panel[] Panels { get; }

    /// <summary>Runs of consecutive input values in a window.</summary>
    public int Segments { get; }

    public int SegmentLength { get; }

    /// <summary>Whether a segment is a row of the window; else it is a single tap.</summary>
    public bool SegmentsAreRows { get; }

    /// <summary>The size from which weights are prefetched, as they do not stay in a near cache from one image to the next.</summary>
    public const int MinFetchedBytes = 256 * 1024;

    public long WeightBytes => _weights.Length * sizeof(float);

    public float* Weights => _weights.Pointer;

    public float* Bias => _bias.Pointer;

    /// <summary>Packs the weights of a convolution.</summary>
    /// <param name="kernels">The instruction set to pack for.</param>
    /// <param name="weights">[output channels, input channels of a group, height, width], as in ONNX.</param>
    /// <param name="bias">[output channels], or empty.</param>
    /// <param name="groups">The number of groups, 1 for a dense convolution.</param>
    /// <param name="inputPixelStride">The distance between pixels of the input, in floats: the channels and their padding.</param>
    /// <param name="dense">Whether the taps of a row are neighboring pixels (no horizontal dilation).</param>
    public static PackedConvolution Pack(
        KernelSet kernels, Tensor weights, ReadOnlySpan<float> bias, int groups, int inputPixelStride, bool dense)
    {
        int outputs = weights.Shape[0], groupInputs = weights.Shape[1];
        int height = weights.Shape.Rank > 2 ? weights.Shape[2] : 1, width = weights.Shape.Rank > 3 ? weights.Shape[3] : 1;
        int lanes = kernels.Lanes;
        int joined = JoinedGroups(groups, outputs / groups, lanes);
        int blocks = groups / joined, blockInputs = joined * groupInputs, blockOutputs = outputs / blocks;
        bool rows = dense && blocks == 1 && height * width > 1 && inputPixelStride == blockInputs;
        int segments = rows ? height : height * width;
        int segmentLength = rows ? width * inputPixelStride : blockInputs;
        int[] widths = PanelWidths(kernels, blockOutputs);

        var packed = new AlignedMemory((long)blocks * widths.Sum() * segments * segmentLength);
        var packedBias = new AlignedMemory((long)blocks * kernels.WholeVectors(blockOutputs));
        bias.CopyTo(packedBias.Span);
        var panels = new Panel[blocks * widths.Length];
        var source = new WeightSource(weights.Floats, outputs / groups, groupInputs, height * width);
        long next = 0;
        for (int block = 0, i = 0; block < blocks; block++)
        {
            int channel = block * blockOutputs;
            int blockEnd = channel + blockOutputs;
            foreach (int panelWidth in widths)
            {
                panels[i++] = new Panel(panelWidth, channel, block * blockInputs, next);
                int valid = Math.Min(panelWidth, blockEnd - channel);
                for (int segment = 0; segment < segments; segment++)
                {
                    for (int value = 0; value < segmentLength; value++)
                    {
                        int tap = rows ? (segment * width) + (value / inputPixelStride) : segment;
                        int input = rows ? value % inputPixelStride : value;
                        source.Gather((block * blockInputs) + input, tap, channel, new Span<float>(packed.Pointer + next, valid));
                        next += panelWidth;
                    }
                }

                channel += panelWidth;
            }
        }

        return new PackedConvolution(packed, packedBias, panels, segments, segmentLength, rows);
    }

    /// <summary>Allocates zeroed memory for the weights of a matrix [outputs, inputs]: panel by panel, [input][lane].</summary>
    public static PackedConvolution Allocate(KernelSet kernels, int outputs, int inputs)
    {
        int channel = 0;
        int[] widths = PanelWidths(kernels, outputs);
        var panels = new Panel[widths.Length];
        for (int i = 0; i < panels.Length; i++)
        {
            panels[i] = new Panel(widths[i], channel, 0, (long)channel * inputs);
            channel += widths[i];
        }

        return new PackedConvolution(
            new AlignedMemory((long)channel * inputs), new AlignedMemory(channel), panels, segments: 1, segmentLength: inputs, rows: false);
    }

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }

    /// <summary>
    /// The number of neighboring groups whose outputs fill whole vectors together; all groups where no smaller number does.
    /// </summary>
    private static int JoinedGroups(int groups, int groupOutputs, int lanes)
    {
        for (int joined = 1; joined < groups; joined++)
        {
            if (groups % joined == 0 && joined * groupOutputs % lanes == 0)
            {
                return joined;
            }
        }

        return groups;
    }

    /// <summary>The widths, in channels, of the panels for a number of outputs.</summary>
    private static int[] PanelWidths(KernelSet kernels, int outputs)
    {
        int lanes = kernels.Lanes, last = outputs % lanes;
        bool endsWithHalf = kernels.HasHalfVectors && outputs > lanes && last > 0 && last <= lanes / 2;
        var widths = new List<int>();

        // Tiles of two vectors, at their full height, have the best balance of loads and multiply-adds; three vectors end an odd count.
        int left = endsWithHalf ? (outputs / lanes) - 1 : (outputs + lanes - 1) / lanes;
        while (left > 0)
        {
            int take = left == 3 ? 3 : Math.Min(left, 2);
            widths.Add(take * lanes);
            left -= take;
        }

        if (endsWithHalf)
        {
            widths.Add(lanes + (lanes / 2));
        }

        return [.. widths];
    }

    /// <summary>1 to 3 vectors of output channels.</summary>
    /// <param name="Width">The number of channels.</param>
    /// <param name="OutputChannel">The first of them.</param>
    /// <param name="InputChannel">The first input channel of their group.</param>
    /// <param name="WeightOffset">The offset of their weights, in floats.</param>
    internal readonly record struct Panel(int Width, int OutputChannel, int InputChannel, long WeightOffset);

    /// <summary>ONNX's weights, addressed by channels of any groups: zero where input and output are of different groups.</summary>
    private readonly ref struct WeightSource(ReadOnlySpan<float> values, int groupOutputs, int groupInputs, int taps)
    {
        private readonly ReadOnlySpan<float> _values = values;

        /// <summary>Copies the weights of one tap from an input channel to consecutive output channels into zeroed memory.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Gather(int input, int tap, int output, Span<float> target)
        {
            int group = input / groupInputs;
            int first = Math.Max(output, group * groupOutputs), end = Math.Min(output + target.Length, (group + 1) * groupOutputs);
            if (group * groupOutputs >= _values.Length / (groupInputs * taps))
            {
                return;
            }

            int index = (((first * groupInputs) + (input - (group * groupInputs))) * taps) + tap;
            for (int o = first; o < end; o++, index += groupInputs * taps)
            {
                target[o - output] = _values[index];
            }
        }
    }
}
