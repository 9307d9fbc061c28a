using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tiles;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Convolution;

/// <summary>
/// Grouped convolution with few channels per group: windows three pixels wide, stride 1 or 2, no dilation. Loops: block of rows whose input
/// stays in cache, vector of output channels, row, tile of neighboring outputs. Groups narrower than a vector are computed together with
/// their neighbors, with weights of zero from one group to another.
/// </summary>
internal sealed unsafe class GroupedStep : Step, IDisposable
{
    private const int WindowWidth = 3;

    /// <summary>The most input channels per vector of outputs; with more, tiles of two vectors read less.</summary>
    private const int MaxInputs = 16;

    /// <summary>The input of a block of rows: a share of the second-level cache.</summary>
    private const int BlockBytes = 128 * 1024;

    private readonly KernelSet _kernels;
    private readonly AlignedMemory _weights;
    private readonly AlignedMemory _bias;
    private readonly Window _window;
    private readonly Value _input;
    private readonly Activation _activation;
    private readonly GroupBlocks _blocks;
    private readonly int _vectors;

    /// <param name="kernels">The instruction set.</param>
    /// <param name="input">The map to filter.</param>
    /// <param name="output">The filtered map, or a part of another.</param>
    /// <param name="weights">[output channels, input channels of a group, height, 3].</param>
    /// <param name="bias">[output channels], or empty.</param>
    /// <param name="groups">The number of groups, which <see cref="Supports"/> accepts.</param>
    /// <param name="window">A window that <see cref="Supports"/> accepts.</param>
    /// <param name="activation">The activation to apply to the output.</param>
    public GroupedStep(
        KernelSet kernels,
        Value input,
        Value output,
        Tensor weights,
        ReadOnlySpan<float> bias,
        int groups,
        Window window,
        Activation activation)
        : base(output, input)
    {
        (_kernels, _input, _window, _activation) = (kernels, input, window, activation);
        _blocks = GroupBlocks.Of(kernels, weights.Shape, groups);
        _vectors = kernels.WholeVectors(weights.Shape[0]) / kernels.Lanes;
        _weights = new AlignedMemory((long)_vectors * VectorWeights);
        _bias = new AlignedMemory((long)_vectors * kernels.Lanes);
        bias.CopyTo(_bias.Span);
        Pack(weights, groups);
        window.RequireBorder(input, output.Layout.Height, output.Layout.Width);
    }

    public override string Description =>
        $"grouped convolution {_window.Height}x{_window.Width}/{_window.StrideY} {_input.Layout.Channels}->{Output.Layout.Channels} "
        + $"on {Output.Layout.Height}x{Output.Layout.Width}";

    public override bool RunsBatches => false;

    public override long WeightBytes => _weights.Length * sizeof(float);

    /// <summary>The packed weights of a vector of output channels.</summary>
    private int VectorWeights => _window.Height * _window.Width * _blocks.Inputs * _kernels.Lanes;

    /// <summary>
    /// The instruction set with a kernel for a convolution that is faster than that of dense convolutions; null where there is none. Where
    /// the groups do not fill wide vectors, as with an odd number of groups of half a vector each, it is the next narrower one: RegNet-Y
    /// 400MF takes two thirds of the time.
    /// </summary>
    /// <param name="kernels">The instruction set of the network.</param>
    /// <param name="window">The window.</param>
    /// <param name="weights">[output channels, input channels of a group, height, width].</param>
    /// <param name="groups">The number of groups.</param>
    public static KernelSet? KernelsFor(KernelSet kernels, Window window, Shape weights, int groups) =>
        KernelSet.All.SkipWhile(s => s != kernels).Take(2)
            .FirstOrDefault(s => (s == kernels || s.Lanes > 1) && Supports(s, window, weights, groups));

    private static bool Supports(KernelSet kernels, Window window, Shape weights, int groups) =>
        groups > 1 && window is { Width: WindowWidth, DilationX: 1, DilationY: 1, StrideX: 1 or 2 }
        && GroupBlocks.Of(kernels, weights, groups) is { IsAligned: true, Inputs: <= MaxInputs };

    public override (int From, int To) InputRows(int from, int to) => _window.InputRows(from, to);

    public override void RunRows(Workspace workspace, int from, int to) => Run(workspace, from, to, 0.._vectors);

    public override void RunPart(Workspace workspace, int rows, int part, int parts)
    {
        // A few rows divide unevenly.
        const int MinRowsPerPart = 8;
        if (rows < MinRowsPerPart * parts && _vectors >= MinRowsPerPart * parts)
        {
            Run(workspace, 0, rows, (_vectors * part / parts)..(_vectors * (part + 1) / parts));
        }
        else
        {
            base.RunPart(workspace, rows, part, parts);
        }
    }

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }

    /// <summary>Computes some rows of some vectors of output channels.</summary>
    private void Run(Workspace workspace, int from, int to, Range vectors)
    {
        int rowBytes = _input.Layout.RowStride * _window.StrideY * sizeof(float);
        int blockRows = Math.Clamp(BlockBytes / rowBytes, 1, Math.Max(1, to - from));
        for (int y = from; y < to; y += blockRows)
        {
            RunBlock(workspace, y, Math.Min(to, y + blockRows), vectors.Start.Value, vectors.End.Value);
        }
    }

    private void RunBlock(Workspace workspace, int from, int to, int firstVector, int vectorsEnd)
    {
        FeatureMapLayout input = _input.Layout, output = Output.Layout;
        int lanes = _kernels.Lanes;
        GroupedTile tile = default;
        tile.InputPixelStride = input.PixelStride;
        tile.InputRowStride = input.RowStride;
        tile.Inputs = _blocks.Inputs;
        tile.Rows = _window.Height;
        tile.OutputPixelStride = output.PixelStride;
        (tile.Minimum, tile.Maximum) = _activation.ClampRange;
        float* inputOrigin = workspace.Origins[_input.Index] - ((nint)_window.Top * input.RowStride) - (_window.Left * input.PixelStride);
        for (int vector = firstVector; vector < vectorsEnd; vector++)
        {
            int channel = vector * lanes;
            tile.Weights = _weights.Pointer + ((nint)vector * VectorWeights);
            tile.Bias = _bias.Pointer + channel;
            int firstInput = channel / _blocks.Outputs * _blocks.Inputs;
            for (int y = from; y < to; y++)
            {
                tile.Input = inputOrigin + firstInput + ((nint)y * _window.StrideY * input.RowStride);
                tile.Output = workspace.Origins[Output.Index] + channel + ((nint)y * output.RowStride);
                RunRow(&tile, output.Width);
            }
        }

        if (!_activation.IsClamp)
        {
            int channel = firstVector * lanes;
            int channelEnd = vectorsEnd == _vectors && Output.Whole is null ? output.PixelStride : vectorsEnd * lanes;
            _activation.Apply(output, workspace.Origins[Output.Index], from, to, channel, channelEnd);
        }
    }

    private void RunRow(GroupedTile* tile, int width)
    {
        int left = width;
        foreach (int outputs in _kernels.GroupedOutputs)
        {
            if (left < outputs)
            {
                continue;
            }

            delegate*<GroupedTile*, void> kernel = _kernels.Grouped(_window.StrideX, outputs);
            for (; left >= outputs; left -= outputs)
            {
                kernel(tile);
                tile->Input += (nint)outputs * _window.StrideX * tile->InputPixelStride;
                tile->Output += (nint)outputs * tile->OutputPixelStride;
            }
        }
    }

    private void Pack(Tensor weights, int groups)
    {
        int outputs = weights.Shape[0], groupInputs = weights.Shape[1], lanes = _kernels.Lanes;
        int groupOutputs = outputs / groups;
        ReadOnlySpan<float> source = weights.Floats;
        for (int output = 0; output < outputs; output++)
        {
            // The first input of the output's group within its block.
            int first = (output / groupOutputs * groupInputs) - (output / _blocks.Outputs * _blocks.Inputs);
            float* vector = _weights.Pointer + ((long)(output / lanes) * VectorWeights) + (output % lanes);
            for (int input = 0; input < groupInputs; input++)
            {
                for (int tap = 0; tap < _window.Height * WindowWidth; tap++)
                {
                    (int row, int column) = Math.DivRem(tap, WindowWidth);
                    int place = (((row * _blocks.Inputs) + first + input) * WindowWidth) + column;
                    vector[(long)place * lanes] = source[(((output * groupInputs) + input) * _window.Height * WindowWidth) + tap];
                }
            }
        }
    }
}
