using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// How the weights of a convolution or matrix product lie in memory for the tile kernels: panels of 1 to 3 vectors of output channels,
/// [panel][segment][value][lane]. Groups of a grouped convolution that are narrower than a vector are joined with their neighbors to a
/// block, with zeros for weights from one group to another. Immutable; thread-safe.
/// </summary>
internal sealed unsafe class PanelLayout
{
    private readonly KernelSet _kernels;
    private readonly int _outputs;
    private readonly int _groupInputs;
    private readonly int _groups;
    private readonly int _joined;
    private readonly int _inputPixelStride;
    private readonly int _taps;
    private readonly int _kernelWidth;
    private readonly int _runs;

    /// <param name="kernels">The instruction set to pack for.</param>
    /// <param name="weights">[output channels, input channels of a group, height, width], as in ONNX; height and width may be
    /// absent.</param>
    /// <param name="groups">The number of groups, 1 for a dense convolution.</param>
    /// <param name="inputPixelStride">The distance between pixels of the input, in floats: the channels and their padding.</param>
    /// <param name="dense">Whether the taps of a row are neighboring pixels (no horizontal dilation).</param>
    /// <param name="runs">The number of runs of equal length that the input channels of a pixel form; 1 where there are groups.</param>
    public PanelLayout(KernelSet kernels, Shape weights, int groups, int inputPixelStride, bool dense, int runs = 1)
    {
        (_kernels, _groups, _inputPixelStride, _runs) = (kernels, groups, inputPixelStride, runs);
        (_outputs, _groupInputs) = (weights[0], weights[1]);
        int height = weights.Rank > 2 ? weights[2] : 1;
        _kernelWidth = weights.Rank > 3 ? weights[3] : 1;
        _taps = height * _kernelWidth;
        int blockInputs = GroupBlocks.Of(kernels, weights, groups).Inputs;
        _joined = blockInputs / _groupInputs;
        int blocks = groups / _joined;
        SegmentsAreRows = dense && blocks == 1 && runs == 1 && _taps > 1 && inputPixelStride == blockInputs;
        Segments = SegmentsAreRows ? height : _taps * runs;
        SegmentLength = SegmentsAreRows ? _kernelWidth * inputPixelStride : blockInputs / runs;
        int[] widths = PanelWidths(kernels, BlockOutputs);
        Panels = new WeightPanel[blocks * widths.Length];
        long next = 0;
        for (int block = 0, i = 0; block < blocks; block++)
        {
            int channel = block * BlockOutputs;
            foreach (int width in widths)
            {
                Panels[i++] = new WeightPanel(width, channel, block * blockInputs, next);
                next += (long)Segments * SegmentLength * width;
                channel += width;
            }
        }

        HasPadding = _joined > 1 || Panels.Sum(static p => p.Width) > _outputs;
        Length = next;
        BiasLength = blocks * kernels.WholeVectors(BlockOutputs);
    }

    public WeightPanel[] Panels { get; }

    /// <summary>Runs of consecutive input values in a window.</summary>
    public int Segments { get; }

    public int SegmentLength { get; }

    /// <summary>Whether a segment is a row of the window; else it is a run of channels of a single tap.</summary>
    public bool SegmentsAreRows { get; }

    /// <summary>The floats of the packed weights.</summary>
    public long Length { get; }

    /// <summary>The floats of a bias, with its padding.</summary>
    public int BiasLength { get; }

    /// <summary>The output channels of a block: of as many groups as are packed together.</summary>
    public int BlockOutputs => _outputs / _groups * _joined;

    /// <summary>The input channels of a block.</summary>
    public int BlockInputs => _groupInputs * _joined;

    public int Blocks => _groups / _joined;

    /// <summary>The offset of a panel's row of weights for an input channel and a tap, from the panel's start.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="input">The input channel, from the block's first.</param>
    /// <param name="tap">The number of the tap in the window.</param>
    public nint RowAt(WeightPanel panel, int input, int tap)
    {
        int segment = SegmentsAreRows ? tap / _kernelWidth : (tap * _runs) + (input / SegmentLength);
        int value = SegmentsAreRows ? (tap % _kernelWidth * _inputPixelStride) + input : input % SegmentLength;
        return (((nint)segment * SegmentLength) + value) * panel.Width;
    }

    /// <summary>The widths, in channels, of the panels for a number of outputs.</summary>
    public static int[] PanelWidths(KernelSet kernels, int outputs)
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

    /// <summary>Packs weights into zeroed memory of <see cref="Length"/> floats.</summary>
    /// <param name="weights">As in ONNX.</param>
    /// <param name="packed">The memory.</param>
    public void Pack(ReadOnlySpan<float> weights, float* packed)
    {
        fixed (float* source = weights)
        {
            Visit(packed, new Gathering(source));
        }
    }

    /// <summary>Copies packed weights to the order of ONNX.</summary>
    /// <param name="packed">The packed weights.</param>
    /// <param name="weights">As many values as ONNX's weights have.</param>
    public void Unpack(float* packed, Span<float> weights)
    {
        fixed (float* target = weights)
        {
            Visit(packed, new Scattering(target));
        }
    }

    /// <summary>Whether some of the packed weights are none of ONNX's: those of padded channels, and from one group to another.</summary>
    public bool HasPadding { get; }

    /// <summary>Clears the packed weights that are none of ONNX's.</summary>
    public void ClearPadding(float* packed)
    {
        if (HasPadding)
        {
            Visit(packed, default(Clearing));
        }
    }

    /// <summary>Visits the packed weights from each input value to the output channels of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Visit<TVisitor>(float* packed, TVisitor visitor)
        where TVisitor : struct, IVisitor
    {
        int groupOutputs = _outputs / _groups, step = _groupInputs * _taps;
        foreach (WeightPanel panel in Panels)
        {
            int blockEnd = ((panel.OutputChannel / BlockOutputs) + 1) * BlockOutputs;
            int end = Math.Min(panel.OutputChannel + panel.Width, blockEnd);
            float* row = packed + panel.WeightOffset;
            for (int segment = 0; segment < Segments; segment++)
            {
                for (int value = 0; value < SegmentLength; value++, row += panel.Width)
                {
                    int tap = SegmentsAreRows ? (segment * _kernelWidth) + (value / _inputPixelStride) : segment / _runs;
                    int input = panel.InputChannel
                        + (SegmentsAreRows ? value % _inputPixelStride : (segment % _runs * SegmentLength) + value);
                    int group = input / _groupInputs;
                    int first = Math.Max(panel.OutputChannel, group * groupOutputs);
                    int count = Math.Max(0, Math.Min(end, (group + 1) * groupOutputs) - first);
                    nint index = ((((nint)first * _groupInputs) + (input - (group * _groupInputs))) * _taps) + tap;
                    visitor.Visit(index, step, new PackedRow(row, count == 0 ? 0 : first - panel.OutputChannel, count, panel.Width));
                }
            }
        }
    }

    private interface IVisitor
    {
        /// <param name="index">The position of the row's first weight in ONNX's order.</param>
        /// <param name="step">The distance to the next.</param>
        /// <param name="row">The weights from one input value to the channels of a panel.</param>
        void Visit(nint index, nint step, PackedRow row);
    }

    /// <summary>A row of packed weights, of which some are ONNX's and the others padding.</summary>
    private readonly struct PackedRow(float* start, int first, int count, int width)
    {
        public readonly float* Start = start;
        public readonly int First = first;
        public readonly int Count = count;
        public readonly int Width = width;
    }

    private readonly struct Gathering(float* source) : IVisitor
    {
        private readonly float* _source = source;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Visit(nint index, nint step, PackedRow row)
        {
            float* packed = row.Start + row.First;
            for (int i = 0; i < row.Count; i++, index += step)
            {
                packed[i] = _source[index];
            }
        }
    }

    private readonly struct Scattering(float* target) : IVisitor
    {
        private readonly float* _target = target;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Visit(nint index, nint step, PackedRow row)
        {
            float* packed = row.Start + row.First;
            for (int i = 0; i < row.Count; i++, index += step)
            {
                _target[index] = packed[i];
            }
        }
    }

    private readonly struct Clearing : IVisitor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Visit(nint index, nint step, PackedRow row)
        {
            int end = row.First + row.Count;
            new Span<float>(row.Start, row.First).Clear();
            new Span<float>(row.Start + end, row.Width - end).Clear();
        }
    }
}
