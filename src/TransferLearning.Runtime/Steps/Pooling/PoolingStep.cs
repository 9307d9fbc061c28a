using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators.Pooling;

namespace TransferLearning.Runtime.Steps.Pooling;

/// <summary>Max or average pooling. Windows are cut off at the edge of the map.</summary>
/// <param name="kernels">The instruction set.</param>
/// <param name="input">The map to pool.</param>
/// <param name="output">The pooled map.</param>
/// <param name="window">The window.</param>
/// <param name="kind">The kind of pooling.</param>
/// <param name="countedHeight">
/// The height of the map and its declared padding, which <see cref="PoolingKind.AverageWithPadding"/> counts.
/// </param>
/// <param name="countedWidth">The width of the map and its declared padding.</param>
internal sealed unsafe class PoolingStep(
    KernelSet kernels, Value input, Value output, Window window, PoolingKind kind, int countedHeight, int countedWidth)
    : Step(output, input)
{
    private readonly Value _input = input;

    public override string Description =>
        $"{kind} pooling {window.Height}x{window.Width}/{window.StrideY} on {Output.Layout.Height}x{Output.Layout.Width}";

    public override bool RunsBatches => false;

    public override (int From, int To) InputRows(int from, int to) => window.InputRows(from, to);

    /// <summary>What a pooling node computes.</summary>
    public static PoolingKind KindOf(Node node) => node.OperatorName == "MaxPool" ? PoolingKind.Maximum
        : AveragePoolOperator.CountsPadding(node) ? PoolingKind.AverageWithPadding
        : PoolingKind.Average;

    public override void RunRows(Workspace workspace, int from, int to)
    {
        for (int y = from; y < to; y++)
        {
            for (int x = 0; x < Output.Layout.Width; x++)
            {
                Pool(workspace, y, x);
            }
        }
    }

    private void Pool(Workspace workspace, int y, int x)
    {
        FeatureMapLayout layout = _input.Layout;
        int channels = kernels.WholeVectors(layout.Channels);
        float* target = workspace.Origins[Output.Index]
            + ((nint)y * Output.Layout.RowStride) + ((nint)x * Output.Layout.PixelStride);
        int top = (y * window.StrideY) - window.Top, left = (x * window.StrideX) - window.Left;
        (int fromRow, int toRow) = Within(top, window.Height, window.DilationY, layout.Height);
        (int fromColumn, int toColumn) = Within(left, window.Width, window.DilationX, layout.Width);
        if (fromRow >= toRow || fromColumn >= toColumn)
        {
            new Span<float>(target, channels).Clear();
            return;
        }

        float* source = workspace.Origins[_input.Index] + ((nint)(top + (fromRow * window.DilationY)) * layout.RowStride)
            + ((nint)(left + (fromColumn * window.DilationX)) * layout.PixelStride);
        var pixels = new PixelBlock(
            toRow - fromRow,
            (nint)window.DilationY * layout.RowStride,
            toColumn - fromColumn,
            (nint)window.DilationX * layout.PixelStride);
        if (kind == PoolingKind.Maximum)
        {
            Elementwise.MaximumOfPixels(source, pixels, target, channels);
            return;
        }

        int counted = kind switch
        {
            PoolingKind.Average => (toRow - fromRow) * (toColumn - fromColumn),
            PoolingKind.AverageWithPadding => Counted(top, window.Height, window.DilationY, countedHeight, window.Top)
                * Counted(left, window.Width, window.DilationX, countedWidth, window.Left),
            _ => throw new InvalidOperationException($"there is no kernel for the pooling {kind}"),
        };
        Elementwise.SumPixels(source, pixels, target, channels);
        Elementwise.Scale(target, channels, 1f / counted);
    }

    /// <summary>The range of a window's taps that lie within the map.</summary>
    private static (int From, int To) Within(int start, int size, int dilation, int extent)
    {
        int from = start < 0 ? (dilation - 1 - start) / dilation : 0;
        int to = extent > start ? Math.Min(size, (extent - start + dilation - 1) / dilation) : 0;
        return (from, to);
    }

    /// <summary>The number of a window's taps within the map and its declared padding, without what ceil_mode adds; at least 1.</summary>
    private static int Counted(int start, int size, int dilation, int extent, int padding)
    {
        int counted = 0;
        for (int k = 0; k < size; k++)
        {
            int position = start + (k * dilation);
            counted += position >= -padding && position < extent ? 1 : 0;
        }

        return Math.Max(counted, 1);
    }
}
