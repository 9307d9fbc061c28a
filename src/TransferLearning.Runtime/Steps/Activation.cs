using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tokens;

namespace TransferLearning.Runtime.Steps;

/// <summary>
/// An activation function with its two parameters: the bounds of a clamp, the slope of LeakyRelu, alpha and beta of HardSigmoid. A clamp
/// is fused into the kernel that computes its input; the others follow it block by block, while the values are in cache.
/// </summary>
internal readonly record struct Activation(ActivationKind Kind, float A, float B)
{
    public static readonly Activation None = new(ActivationKind.Clamp, float.NegativeInfinity, float.PositiveInfinity);

    public static readonly Activation Relu = Clamp(0, float.PositiveInfinity);

    public bool IsClamp => Kind == ActivationKind.Clamp;

    /// <summary>The bounds to clamp to within the kernel; infinite where the function is no clamp.</summary>
    public (float Minimum, float Maximum) ClampRange => IsClamp ? (A, B) : (None.A, None.B);

    public static Activation Clamp(float minimum, float maximum) => new(ActivationKind.Clamp, minimum, maximum);

    /// <summary>Applies the function to some rows and channels of a map, in place.</summary>
    public unsafe void Apply(FeatureMapLayout layout, float* origin, int from, int to, int channel, int channelEnd)
    {
        bool whole = channelEnd - channel == layout.PixelStride;
        for (int y = from; y < to; y++)
        {
            float* row = origin + ((nint)y * layout.RowStride) + channel;
            if (whole)
            {
                Apply(row, row, layout.Width * layout.PixelStride);
                continue;
            }

            for (int x = 0; x < layout.Width; x++)
            {
                float* pixel = row + ((nint)x * layout.PixelStride);
                Apply(pixel, pixel, channelEnd - channel);
            }
        }
    }

    /// <summary>y = f(x) for consecutive values.</summary>
    public unsafe void Apply(float* x, float* y, int length)
    {
        switch (Kind)
        {
            case ActivationKind.Clamp:
                Elementwise.Clamp(x, y, length, A, B);
                break;
            case ActivationKind.LeakyRelu:
                Elementwise.LeakyRelu(x, y, length, A);
                break;
            case ActivationKind.HardSigmoid:
                Elementwise.HardSigmoid(x, y, length, A, B, timesInput: false);
                break;
            case ActivationKind.HardSwish:
                Elementwise.HardSigmoid(x, y, length, 1f / 6, 0.5f, timesInput: true);
                break;
            case ActivationKind.Sigmoid:
                Elementwise.Sigmoid(x, y, length, timesInput: false);
                break;
            case ActivationKind.Swish:
                Elementwise.Sigmoid(x, y, length, timesInput: true);
                break;
            case ActivationKind.Tanh:
                Elementwise.Tanh(x, y, length);
                break;
            case ActivationKind.Erf:
                TokenFunctions.Erf(x, y, length);
                break;
            case ActivationKind.Gelu:
                TokenFunctions.Gelu(x, y, length);
                break;
            case ActivationKind.GeluTanh:
                TokenFunctions.GeluTanh(x, y, length);
                break;
            default:
                throw new InvalidOperationException($"there is no kernel for the activation {Kind}");
        }
    }
}
