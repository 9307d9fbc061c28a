using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Execution.Steps;

/// <summary>Max or average pooling. Windows are cut at the map's edge; an average counts the padding only where it is told to.</summary>
internal sealed unsafe class PoolingStep(Value input, Value output, Window window, PoolingKind kind, int countedHeight, int countedWidth)
    : Step(output, input)
{
    private readonly Value _input = input;

    public override string Description =>
        $"{kind} pooling {window.Height}x{window.Width}/{window.StrideY} on {Output.Layout.Height}x{Output.Layout.Width}";

    public override bool RunsBatches => false;

    public override (int From, int To) InputRows(int from, int to) => window.InputRows(from, to);

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

    // Optimized at once, not when it has run for a while: the first images would take several times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool(Workspace workspace, int y, int x)
    {
        FeatureMapLayout layout = _input.Layout;
        int channels = layout.PixelStride;
        float* target = workspace.Origins[Output.Index] + ((nint)y * Output.Layout.RowStride) + ((nint)x * Output.Layout.PixelStride);
        float* source = workspace.Origins[_input.Index];
        int top = (y * window.StrideY) - window.Top, left = (x * window.StrideX) - window.Left;
        int taken = 0;
        for (int ky = 0; ky < window.Height; ky++)
        {
            int iy = top + (ky * window.DilationY);
            if (iy < 0 || iy >= layout.Height)
            {
                continue;
            }

            for (int kx = 0; kx < window.Width; kx++)
            {
                int ix = left + (kx * window.DilationX);
                if (ix < 0 || ix >= layout.Width)
                {
                    continue;
                }

                float* pixel = source + ((nint)iy * layout.RowStride) + ((nint)ix * channels);
                if (taken++ == 0)
                {
                    new ReadOnlySpan<float>(pixel, channels).CopyTo(new Span<float>(target, channels));
                }
                else if (kind == PoolingKind.Maximum)
                {
                    Elementwise.Maximum(pixel, target, channels);
                }
                else
                {
                    Elementwise.Accumulate(pixel, target, channels);
                }
            }
        }

        if (taken == 0)
        {
            new Span<float>(target, channels).Clear();
        }

        if (kind != PoolingKind.Maximum)
        {
            int counted = kind == PoolingKind.Average ? Math.Max(taken, 1) : Counted(top, window.Height, window.DilationY, countedHeight, window.Top)
                * Counted(left, window.Width, window.DilationX, countedWidth, window.Left);
            Elementwise.Scale(target, channels, 1f / counted);
        }
    }

    /// <summary>How many taps of a window lie within the padded map: the map and its declared padding, not what ceil_mode adds.</summary>
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
