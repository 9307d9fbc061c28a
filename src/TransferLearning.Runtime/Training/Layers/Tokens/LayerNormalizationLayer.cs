using TransferLearning.Runtime.Kernels.Tokens;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Parameters;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers.Tokens;

/// <summary>Layer normalization over the channels of each token (Ba et al., 2016), with scale and shift.</summary>
internal sealed unsafe class LayerNormalizationLayer : TrainingLayer
{
    private readonly Parameter _scale;
    private readonly Parameter? _shift;
    private readonly float _epsilon;
    private AlignedMemory? _zeros;
    private AlignedMemory? _sums;

    /// <param name="name">The node's name.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="scale">[channels], padded.</param>
    /// <param name="shift">[channels], padded; null for none.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public LayerNormalizationLayer(string name, BatchMap input, BatchMap output, Parameter scale, Parameter? shift, float epsilon)
        : base(name, output, input)
    {
        (_scale, _shift, _epsilon) = (scale, shift, epsilon);
    }

    public override long ScratchLength => TokenRows.ScratchLength(Inputs[0]) + Stride;

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward =>
        [BackwardByImages(Differentiate), TrainingPhase.Once($"{Name}: parameters", SumImages)];

    private int Channels => Output.Layout.Channels;

    private int Stride => Output.Layout.PixelStride;

    /// <summary>For each image, the sums of the scale's gradient, [stride], and those of the shift's.</summary>
    private double* Sums => (double*)_sums!.Pointer;

    public override void Prepare(int maxImages)
    {
        _zeros = new AlignedMemory(Stride);
        _sums = new AlignedMemory(4L * maxImages * Stride);
    }

    protected override void Release()
    {
        _zeros?.Dispose();
        _sums?.Dispose();
    }

    private void Compute(int image, TrainingWorkspace workspace)
    {
        float* x = TokenRows.Read(Inputs[0], image, workspace.Scratch), shift = _shift is null ? _zeros!.Pointer : _shift.Values;
        for (int p = 0; p < Output.Pixels; p++, x += Stride)
        {
            RowKernels.Normalize(x, _scale.Values, shift, TokenRows.PixelOf(Output, image, p), Channels, _epsilon);
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        double* scales = Sums + ((nint)image * 2 * Stride), shifts = scales + Stride;
        new Span<double>(scales, 2 * Stride).Clear();
        float* row = workspace.Scratch, x = TokenRows.Read(Inputs[0], image, workspace.Scratch + Stride);
        float* dy = Output.GradientAt(image), dx = Inputs[0].NeedsGradient ? Inputs[0].GradientAt(image) : null;
        for (int p = 0; p < Output.Pixels; p++, x += Stride, dy += Stride)
        {
            (float mean, float inverse) = TokenGradients.Moments(x, Channels, _epsilon);
            TokenGradients.AddParameterSums(x, dy, Stride, mean, inverse, scales, shifts);
            if (dx == null)
            {
                continue;
            }

            float* target = Adds(0) ? row : dx;
            new Span<float>(target + Channels, Stride - Channels).Clear();
            TokenGradients.LayerNormalization(x, _scale.Values, dy, target, Channels, mean, inverse);
            if (Adds(0))
            {
                Accumulation.Write(row, dx, Stride, adds: true);
            }

            dx += Stride;
        }
    }

    private void SumImages(TrainingWorkspace workspace)
    {
        for (int c = 0; c < Channels; c++)
        {
            double scale = 0, shift = 0;
            for (int i = 0; i < workspace.Images; i++)
            {
                scale += Sums[((nint)i * 2 * Stride) + c];
                shift += Sums[((nint)i * 2 * Stride) + Stride + c];
            }

            _scale.Gradient[c] = (float)scale;
            if (_shift is not null)
            {
                _shift.Gradient[c] = (float)shift;
            }
        }
    }
}
