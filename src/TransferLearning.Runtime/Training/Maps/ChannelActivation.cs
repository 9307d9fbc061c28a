using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>
/// f(scale * x + shift), with one scale and shift per channel: batch normalization and the activation after it, or one of both. The
/// gradient of x is a * f'(scale * x + shift) * dy + b * x + c, where b and c, which are 0 but for batch statistics, come from the sums
/// over the batch.
/// </summary>
internal sealed unsafe class ChannelActivation : IDisposable
{
    private readonly AlignedMemory _coefficients;
    private readonly int _stride;

    public ChannelActivation(BatchMap source, Activation activation)
    {
        (Source, Activation) = (source, activation);
        _stride = source.Layout.PixelStride;
        _coefficients = new AlignedMemory(6L * _stride);
        new Span<float>(Scale, _stride).Fill(1);
        new Span<float>(OutputFactor, _stride).Fill(1);
    }

    public BatchMap Source { get; }

    public Activation Activation { get; set; }

    /// <summary>[channels]: as are the others.</summary>
    public float* Scale => _coefficients.Pointer;

    public float* Shift => _coefficients.Pointer + _stride;

    /// <summary>The channels' mean in the batch, from which the sums of the backward pass are taken.</summary>
    public float* Mean => _coefficients.Pointer + (2 * _stride);

    /// <summary>a: what the gradient after the activation is multiplied by.</summary>
    public float* OutputFactor => _coefficients.Pointer + (3 * _stride);

    /// <summary>b: what x is multiplied by.</summary>
    public float* InputFactor => _coefficients.Pointer + (4 * _stride);

    /// <summary>c: what is added.</summary>
    public float* Constant => _coefficients.Pointer + (5 * _stride);

    /// <summary>Sets scale and shift, where training does not change them.</summary>
    public void SetConstants(ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
    {
        scale.CopyTo(new Span<float>(Scale, _stride));
        scale.CopyTo(new Span<float>(OutputFactor, _stride));
        shift.CopyTo(new Span<float>(Shift, _stride));
    }

    /// <summary>Computes pixels of the derived map.</summary>
    public void Forward(float* x, float* y, int pixels) => ActivationFunctions.Run(
        Activation.Kind, new ActivationKernels.Forward(Activation, x, Scale, Shift, y, pixels, _stride));

    /// <summary>Computes pixels of the gradient of x, from the gradient of the derived map.</summary>
    public void Backward(float* x, float* dy, float* dx, int pixels) => ActivationFunctions.Run(
        Activation.Kind, new ActivationKernels.Backward(this, x, dy, dx, pixels, _stride));

    /// <summary>Adds the sums of a row of pixels that the gradients of scale and shift, and of batch statistics, depend on.</summary>
    public void AddSums(float* x, float* dy, int pixels, double* sums) => ActivationFunctions.Run(
        Activation.Kind, new ActivationKernels.Sums(this, x, dy, pixels, _stride, sums));

    public void Dispose() => _coefficients.Dispose();
}
