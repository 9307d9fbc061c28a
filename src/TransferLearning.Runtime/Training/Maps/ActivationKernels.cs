using System.Numerics;
using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>
/// The kernels of channel activations over pixels that follow each other in memory, [pixels][channels]. The channels are padded to whole
/// pairs of vectors (<see cref="BatchLayouts"/>), so that there is no tail. Bounds: every access is below pixels * channels, and below
/// channels for coefficients.
/// </summary>
internal static unsafe class ActivationKernels
{
    /// <summary>y = f(scale * x + shift).</summary>
    public readonly struct Forward(Activation activation, float* x, float* scale, float* shift, float* y, int pixels, int channels)
        : IActivationKernel
    {
        private readonly Activation _activation = activation;
        private readonly float* _x = x, _scale = scale, _shift = shift, _y = y;
        private readonly int _pixels = pixels, _channels = channels;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TFunction>()
            where TFunction : struct, IActivationFunction
        {
            Vector<float> a = new(_activation.A), b = new(_activation.B);
            float* x = _x, y = _y, scale = _scale, shift = _shift;
            nint channels = _channels;
            for (int p = 0; p < _pixels; p++, x += channels, y += channels)
            {
                for (nint c = 0; c < channels; c += Vector<float>.Count)
                {
                    var u = Vector.MultiplyAddEstimate(Vector.Load(x + c), Vector.Load(scale + c), Vector.Load(shift + c));
                    TFunction.Value(u, a, b).Store(y + c);
                }
            }
        }
    }

    /// <summary>dx = a * f'(scale * x + shift) * dy + b * x + c.</summary>
    public readonly struct Backward(ChannelActivation function, float* x, float* dy, float* dx, int pixels, int channels)
        : IActivationKernel
    {
        private readonly ChannelActivation _function = function;
        private readonly float* _x = x, _dy = dy, _dx = dx;
        private readonly int _pixels = pixels, _channels = channels;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TFunction>()
            where TFunction : struct, IActivationFunction
        {
            Vector<float> a = new(_function.Activation.A), b = new(_function.Activation.B);
            float* scale = _function.Scale, shift = _function.Shift;
            float* output = _function.OutputFactor, input = _function.InputFactor, constant = _function.Constant;
            float* x = _x, dy = _dy, dx = _dx;
            nint channels = _channels;
            for (int p = 0; p < _pixels; p++, x += channels, dy += channels, dx += channels)
            {
                for (nint c = 0; c < channels; c += Vector<float>.Count)
                {
                    var v = Vector.Load(x + c);
                    var u = Vector.MultiplyAddEstimate(v, Vector.Load(scale + c), Vector.Load(shift + c));
                    Vector<float> g = Vector.Load(dy + c) * TFunction.Slope(u, a, b);
                    var rest = Vector.MultiplyAddEstimate(v, Vector.Load(input + c), Vector.Load(constant + c));
                    Vector.MultiplyAddEstimate(g, Vector.Load(output + c), rest).Store(dx + c);
                }
            }
        }
    }

    /// <summary>
    /// Adds the sums over pixels of g = f'(scale * x + shift) * dy, and of g * (x - mean), to the sums [2, channels] of pixels before. The
    /// pixels are those of one row, as their sums are in single precision.
    /// </summary>
    public readonly struct Sums(ChannelActivation function, float* x, float* dy, int pixels, int channels, double* sums)
        : IActivationKernel
    {
        private readonly ChannelActivation _function = function;
        private readonly float* _x = x, _dy = dy;
        private readonly double* _sums = sums;
        private readonly int _pixels = pixels, _channels = channels;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TFunction>()
            where TFunction : struct, IActivationFunction
        {
            Vector<float> a = new(_function.Activation.A), b = new(_function.Activation.B);
            nint channels = _channels;
            for (nint c = 0; c < channels; c += 2 * Vector<float>.Count)
            {
                nint d = c + Vector<float>.Count;
                Vector<float> scale0 = Vector.Load(_function.Scale + c), scale1 = Vector.Load(_function.Scale + d);
                Vector<float> shift0 = Vector.Load(_function.Shift + c), shift1 = Vector.Load(_function.Shift + d);
                Vector<float> mean0 = Vector.Load(_function.Mean + c), mean1 = Vector.Load(_function.Mean + d);
                Vector<float> g0 = default, g1 = default, gx0 = default, gx1 = default;
                float* x = _x, dy = _dy;
                for (int p = 0; p < _pixels; p++, x += channels, dy += channels)
                {
                    Vector<float> x0 = Vector.Load(x + c), x1 = Vector.Load(x + d);
                    Vector<float> t0 = Vector.Load(dy + c) * TFunction.Slope(Vector.MultiplyAddEstimate(x0, scale0, shift0), a, b);
                    Vector<float> t1 = Vector.Load(dy + d) * TFunction.Slope(Vector.MultiplyAddEstimate(x1, scale1, shift1), a, b);
                    g0 += t0;
                    g1 += t1;
                    gx0 = Vector.MultiplyAddEstimate(t0, x0 - mean0, gx0);
                    gx1 = Vector.MultiplyAddEstimate(t1, x1 - mean1, gx1);
                }

                DoubleSums.Add(g0, _sums + c);
                DoubleSums.Add(g1, _sums + d);
                DoubleSums.Add(gx0, _sums + channels + c);
                DoubleSums.Add(gx1, _sums + channels + d);
            }
        }
    }
}
