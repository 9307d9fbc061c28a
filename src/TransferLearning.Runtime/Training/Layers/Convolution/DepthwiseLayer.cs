using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Parameters;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers.Convolution;

/// <summary>Depthwise convolution: as many groups as channels. Image by image; each image sums its own weight gradient.</summary>
internal sealed unsafe class DepthwiseLayer : TrainingLayer
{
    private readonly Window _window;
    private readonly Parameter _weights;
    private readonly Parameter? _bias;
    private readonly InputGradientClass[] _classes;
    private readonly OffsetTable[] _classOffsets;
    private readonly OffsetTable[] _classRows;
    private readonly FeatureMapLayout _gradientLayout;
    private FeatureMapLayout _inputLayout;
    private OffsetTable? _offsets;
    private OffsetTable? _rows;
    private AlignedMemory? _sums;
    private BiasSums? _biasSums;

    public DepthwiseLayer(string name, BatchMap input, BatchMap output, Window window, Parameter weights, Parameter? bias)
        : base(name, output, input)
    {
        (_window, _weights, _bias) = (window, weights, bias);
        _inputLayout = window.Bordered(input.GradientLayout, output.Layout.Height, output.Layout.Width);
        input.RequireBorder(_inputLayout);
        _classes = InputGradientClass.Of(window);
        FeatureMapLayout gradient = InputGradientClass.Bordered(_classes, window, input.GradientLayout, output.GradientLayout);
        _gradientLayout = gradient;
        _classOffsets = [.. _classes.Select(k =>
            new OffsetTable(k.Taps.Select(t => (t.Y * gradient.RowStride) + (t.X * gradient.PixelStride))))];
        _classRows = [.. _classes.Select(k => new OffsetTable(k.Taps.Select(t => t.Tap)))];
    }

    public override long ScratchLength => (long)_inputLayout.Length + _gradientLayout.Length;

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward =>
    [
        BackwardByImages(Differentiate),
        new TrainingPhase($"{Name}: sums", _ => Taps + 1, SumImages),
    ];

    private BatchMap Input => Inputs[0];

    private int Taps => _window.Height * _window.Width;

    private int Stride => Output.Layout.PixelStride;

    public override void Prepare(int maxImages)
    {
        _inputLayout = MapReader.LayoutOf(Input, _inputLayout);
        _offsets = new OffsetTable(Enumerable.Range(0, Taps).Select(t =>
            (((t / _window.Width * _window.DilationY) - _window.Top) * _inputLayout.RowStride)
            + (((t % _window.Width * _window.DilationX) - _window.Left) * _inputLayout.PixelStride)));
        _rows = new OffsetTable(Enumerable.Range(0, Taps));
        _sums = new AlignedMemory((long)maxImages * Taps * Stride);
        _biasSums = _bias is null ? null : new BiasSums(Output, maxImages);
    }

    protected override void Release()
    {
        _sums?.Dispose();
        _biasSums?.Dispose();
    }

    private float* InputRow(MapView input, int y) => input.Origin + ((nint)y * _window.StrideY * input.Layout.RowStride);

    private void Compute(int image, TrainingWorkspace workspace)
    {
        MapView input = MapReader.Load(Input, image, 1, _inputLayout, workspace.Scratch);
        for (int y = 0; y < Output.Layout.Height; y++)
        {
            DepthwiseTaps.Sum(
                InputRow(input, y),
                _window.StrideX * input.Layout.PixelStride,
                _offsets!.Pointer,
                Taps,
                _weights.Values,
                _rows!.Pointer,
                _bias is null ? null : _bias.Values,
                Output.ImageAt(image) + ((nint)y * Output.Layout.RowStride),
                Stride,
                Output.Layout.Width,
                Stride,
                adds: false);
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        MapView input = MapReader.Load(Input, image, 1, _inputLayout, workspace.Scratch);
        MapView gradient = MapReader.LoadGradient(Output, image, 1, _gradientLayout, workspace.Scratch + _inputLayout.Length);
        _biasSums?.Add(gradient, image, 1);
        if (Input.NeedsGradient)
        {
            DifferentiateInput(image, gradient);
        }

        float* sums = _sums!.Pointer + ((nint)image * Taps * Stride);
        new Span<float>(sums, Taps * Stride).Clear();
        for (int y = 0; y < Output.Layout.Height; y++)
        {
            for (int t = 0; t < Taps; t++)
            {
                DepthwiseTaps.AddProducts(
                    InputRow(input, y) + _offsets!.Pointer[t],
                    _window.StrideX * input.Layout.PixelStride,
                    gradient.Origin + ((nint)y * gradient.Layout.RowStride),
                    gradient.Layout.PixelStride,
                    Output.Layout.Width,
                    Stride,
                    sums + ((nint)t * Stride));
            }
        }
    }

    private void DifferentiateInput(int image, MapView gradient)
    {
        FeatureMapLayout target = Input.GradientLayout;
        for (int k = 0; k < _classes.Length; k++)
        {
            InputGradientClass pixels = _classes[k];
            int rows = pixels.Rows(_window, target), columns = pixels.Columns(_window, target);
            for (int y = 0; y < rows; y++)
            {
                DepthwiseTaps.Sum(
                    gradient.Origin + ((nint)y * gradient.Layout.RowStride),
                    gradient.Layout.PixelStride,
                    _classOffsets[k].Pointer,
                    pixels.Taps.Length,
                    _weights.Values,
                    _classRows[k].Pointer,
                    null,
                    Input.GradientAt(image) + ((((nint)y * _window.StrideY) + pixels.FirstY) * target.RowStride)
                        + ((nint)pixels.FirstX * target.PixelStride),
                    (nint)_window.StrideX * target.PixelStride,
                    columns,
                    Stride,
                    Adds(0));
            }
        }
    }

    /// <summary>Sums the weight gradients of one tap over the images, in their order; the item after the last tap is the bias.</summary>
    private void SumImages(int tap, TrainingWorkspace workspace)
    {
        if (tap == Taps)
        {
            _biasSums?.Sum(workspace.Images, new Span<float>(_bias!.Gradient, Output.Layout.Channels));
            return;
        }

        float* target = _weights.Gradient + ((nint)tap * Stride);
        new Span<float>(target, Stride).Clear();
        for (int i = 0; i < workspace.Images; i++)
        {
            float* sums = _sums!.Pointer + ((((nint)i * Taps) + tap) * Stride);
            Accumulation.Write(sums, target, Output.Layout.Channels, adds: true);
        }
    }
}
