using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>
/// Maximum or average pooling. The gradient of a maximum goes to the first element of its window that has it, which the forward pass notes.
/// </summary>
internal sealed unsafe class PoolingLayer : TrainingLayer
{
    private readonly Window _window;
    private readonly PoolingKind _kind;
    private readonly int _paddedHeight;
    private readonly int _paddedWidth;
    private AlignedMemory? _taps;

    /// <param name="name">The node's name.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="window">The window.</param>
    /// <param name="kind">Maximum or average.</param>
    /// <param name="paddedHeight">The rows of the input and the padding after them.</param>
    /// <param name="paddedWidth">The columns of the input and the padding after them.</param>
    public PoolingLayer(
        string name, BatchMap input, BatchMap output, Window window, PoolingKind kind, int paddedHeight, int paddedWidth)
        : base(name, output, input)
    {
        (_window, _kind, _paddedHeight, _paddedWidth) = (window, kind, paddedHeight, paddedWidth);
    }

    public override long ScratchLength => Inputs[0].GradientLayout.Length;

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward =>
        Inputs[0].NeedsGradient ? [BackwardByImages(Differentiate)] : [];

    private int Stride => Output.Layout.PixelStride;

    public override void Prepare(int maxImages) =>
        _taps = _kind == PoolingKind.Maximum ? new AlignedMemory((long)maxImages * Output.Pixels * Stride) : null;

    protected override void Release() => _taps?.Dispose();

    private void Compute(int image, TrainingWorkspace workspace)
    {
        MapView input = MapReader.Load(Inputs[0], image, 1, Inputs[0].GradientLayout, workspace.Scratch);
        for (int y = 0; y < Output.Layout.Height; y++)
        {
            for (int x = 0; x < Output.Layout.Width; x++)
            {
                float* target = Output.ImageAt(image) + ((nint)y * Output.Layout.RowStride) + ((nint)x * Stride);
                if (_kind == PoolingKind.Maximum)
                {
                    Maximum(input, y, x, target, TapsAt(image, y, x));
                }
                else
                {
                    Average(input, y, x, target);
                }
            }
        }
    }

    /// <summary>For each channel of an output pixel, the number of the element that is its maximum.</summary>
    private float* TapsAt(int image, int y, int x) =>
        _taps!.Pointer + ((((nint)image * Output.Pixels) + (y * Output.Layout.Width) + x) * Stride);

    private void Maximum(MapView input, int y, int x, float* target, float* taps)
    {
        new Span<float>(target, Stride).Fill(float.NegativeInfinity);
        for (int t = 0; t < _window.Height * _window.Width; t++)
        {
            if (ElementOf(input.Layout, y, x, t) is { } offset)
            {
                Elementwise.TakeLarger(input.Origin + offset, t, target, taps, Stride);
            }
        }
    }

    private void Average(MapView input, int y, int x, float* target)
    {
        new Span<float>(target, Stride).Clear();
        float factor = 1f / CountOf(y, x);
        for (int t = 0; t < _window.Height * _window.Width; t++)
        {
            if (ElementOf(input.Layout, y, x, t) is { } offset)
            {
                Elementwise.AddScaled(input.Origin + offset, target, Stride, factor);
            }
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        FeatureMapLayout layout = Inputs[0].GradientLayout;
        float* target = Inputs[0].GradientAt(image);
        if (!Adds(0))
        {
            new Span<float>(target, layout.Length).Clear();
        }

        for (int y = 0; y < Output.Layout.Height; y++)
        {
            for (int x = 0; x < Output.Layout.Width; x++)
            {
                float* gradient = Output.GradientAt(image) + ((nint)y * Output.GradientLayout.RowStride) + ((nint)x * Stride);
                if (_kind == PoolingKind.Maximum)
                {
                    DifferentiateMaximum(layout, y, x, gradient, target, TapsAt(image, y, x));
                }
                else
                {
                    DifferentiateAverage(layout, y, x, gradient, target);
                }
            }
        }
    }

    private void DifferentiateMaximum(FeatureMapLayout layout, int y, int x, float* gradient, float* target, float* taps)
    {
        for (int t = 0; t < _window.Height * _window.Width; t++)
        {
            if (ElementOf(layout, y, x, t) is { } offset)
            {
                Elementwise.AddWhereEqual(taps, t, gradient, target + offset, Stride);
            }
        }
    }

    private void DifferentiateAverage(FeatureMapLayout layout, int y, int x, float* gradient, float* target)
    {
        float factor = 1f / CountOf(y, x);
        for (int t = 0; t < _window.Height * _window.Width; t++)
        {
            if (ElementOf(layout, y, x, t) is { } offset)
            {
                Elementwise.AddScaled(gradient, target + offset, Stride, factor);
            }
        }
    }

    /// <summary>The offset of an element of a window; null where it is padding.</summary>
    private nint? ElementOf(FeatureMapLayout layout, int y, int x, int tap)
    {
        int row = (y * _window.StrideY) - _window.Top + (tap / _window.Width * _window.DilationY);
        int column = (x * _window.StrideX) - _window.Left + (tap % _window.Width * _window.DilationX);
        return (uint)row < (uint)layout.Height && (uint)column < (uint)layout.Width
            ? ((nint)row * layout.RowStride) + ((nint)column * layout.PixelStride)
            : null;
    }

    /// <summary>The number of elements that an average divides by.</summary>
    private int CountOf(int y, int x)
    {
        FeatureMapLayout input = Inputs[0].Layout;
        bool withPadding = _kind == PoolingKind.AverageWithPadding;
        return Along(y, _window.Height, _window.StrideY, _window.DilationY, _window.Top, input.Height, _paddedHeight)
            * Along(x, _window.Width, _window.StrideX, _window.DilationX, _window.Left, input.Width, _paddedWidth);

        int Along(int window, int kernel, int stride, int dilation, int before, int length, int padded)
        {
            int count = 0;
            for (int k = 0; k < kernel; k++)
            {
                int position = (window * stride) - before + (k * dilation);
                count += (withPadding ? position >= -before && position < padded : (uint)position < (uint)length) ? 1 : 0;
            }

            return count;
        }
    }
}
