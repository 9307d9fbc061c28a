using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers.Normalization;

/// <summary>
/// Batch normalization (Ioffe and Szegedy, 2015), with the activation after it: computes the coefficients of a derived map, by the
/// statistics of the batch or by frozen ones, and the gradients of scale and shift.
/// </summary>
internal sealed unsafe class NormalizationLayer : TrainingLayer
{
    private readonly ChannelActivation _function;
    private readonly NormalizationParameters _parameters;
    private readonly bool _usesBatch;
    private ImageMoments? _moments;
    private AlignedMemory? _sums;

    /// <param name="name">The node's name.</param>
    /// <param name="output">The derived map.</param>
    /// <param name="parameters">Scale, shift and statistics.</param>
    /// <param name="usesBatch">Whether it normalizes by the statistics of the batch; otherwise by those that are frozen.</param>
    public NormalizationLayer(string name, BatchMap output, NormalizationParameters parameters, bool usesBatch)
        : base(name, output, output.Derivation!.Source)
    {
        (_function, _parameters, _usesBatch) = (output.Derivation!, parameters, usesBatch);
    }

    public override IEnumerable<TrainingPhase> Forward
    {
        get
        {
            if (_usesBatch && !Source.TellsOfImages)
            {
                yield return TrainingPhase.PerImage($"{Name}: moments", (image, _) => _moments!.Compute(image));
            }

            yield return TrainingPhase.Once($"{Name}: coefficients", SetCoefficients);
        }
    }

    public override IEnumerable<TrainingPhase> Backward
    {
        get
        {
            if (!Output.TellsOfGradients)
            {
                yield return TrainingPhase.PerImage($"{Name}: sums", (image, _) => SumImage(image));
            }

            yield return TrainingPhase.Once($"{Name}: gradients", SetGradients);
            if (Source.NeedsGradient && Source.OnlyReader is null)
            {
                yield return BackwardByImages(PushImage);
            }
        }
    }

    public override long ScratchLength => Source.GradientLayout.RowStride;

    private BatchMap Source => _function.Source;

    private int Stride => Source.Layout.PixelStride;

    private double* Sums => (double*)_sums!.Pointer;

    public override void Prepare(int maxImages)
    {
        _moments = _usesBatch ? new ImageMoments(Source, maxImages) : null;
        _sums = new AlignedMemory(4L * maxImages * Stride);
        if (Source.TellsOfImages && _moments is not null)
        {
            Source.ImageComplete += _moments.Compute;
        }

        Output.GradientComplete = SumImage;
    }

    protected override void Release()
    {
        _moments?.Dispose();
        _sums?.Dispose();
    }

    private void SetCoefficients(TrainingWorkspace workspace)
    {
        for (int c = 0; c < Source.Layout.Channels; c++)
        {
            (double mean, double variance) = (_parameters.Mean[c], _parameters.Variance[c]);
            if (_usesBatch)
            {
                (mean, variance) = _moments!.Of(c, workspace.Images);
                _parameters.Move(c, mean, variance, (double)workspace.Images * Source.Pixels);
            }

            double inverse = 1 / Math.Sqrt(variance + _parameters.Epsilon);
            double scale = _parameters.Scale.Values[c] * inverse;
            _function.Scale[c] = (float)scale;
            _function.Shift[c] = (float)(_parameters.Shift.Values[c] - (mean * scale));
            _function.Mean[c] = (float)mean;
            _parameters.InverseDeviation[c] = inverse;
        }
    }

    private void SumImage(int image)
    {
        double* sums = Sums + ((nint)image * 2 * Stride);
        new Span<double>(sums, 2 * Stride).Clear();
        for (int y = 0; y < Source.Layout.Height; y++)
        {
            float* x = Source.ImageAt(image) + ((nint)y * Source.Layout.RowStride);
            float* dy = Output.GradientAt(image) + ((nint)y * Output.GradientLayout.RowStride);
            _function.AddSums(x, dy, Source.Layout.Width, sums);
        }
    }

    private void PushImage(int image, TrainingWorkspace workspace) => GradientPush.Push(Output, image, Adds(0), workspace.Scratch);

    private void SetGradients(TrainingWorkspace workspace)
    {
        double count = (double)workspace.Images * Source.Pixels;
        for (int c = 0; c < Source.Layout.Channels; c++)
        {
            double shift = 0, product = 0;
            for (int i = 0; i < workspace.Images; i++)
            {
                shift += Sums[((nint)i * 2 * Stride) + c];
                product += Sums[((nint)i * 2 * Stride) + Stride + c];
            }

            double inverse = _parameters.InverseDeviation[c], scale = product * inverse;
            _parameters.Scale.Gradient[c] = (float)scale;
            _parameters.Shift.Gradient[c] = (float)shift;
            double factor = _parameters.Scale.Values[c] * inverse;
            double input = _usesBatch ? -factor * inverse * scale / count : 0;
            _function.OutputFactor[c] = (float)factor;
            _function.InputFactor[c] = (float)input;
            _function.Constant[c] = _usesBatch ? (float)((-factor * shift / count) - (input * _function.Mean[c])) : 0;
        }
    }
}
