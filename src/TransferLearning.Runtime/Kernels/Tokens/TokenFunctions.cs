using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Kernels.Tokens;

/// <summary>
/// Element-wise functions of transformers over consecutive floats. Source and target may be the same memory. Bounds: every access is below
/// the given length. The tail goes by the same vector function, so that a value does not depend on where it stands.
/// </summary>
internal static unsafe class TokenFunctions
{
    /// <summary>
    /// The coefficients of GELU's approximation: (1 + tanh(u)) / 2 = 1 / (1 + exp(-2 u)), with 2 u = x (linear + cubic x^2).
    /// </summary>
    public const float GeluLinear = 1.59576912f, GeluCubic = 0.0713548163f;

    /// <summary>x Phi(x): GELU (Hendrycks and Gimpel, 2016).</summary>
    public static void Gelu(float* x, float* y, nint length) => Apply<GeluFunction>(x, y, length);

    /// <summary>0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))): the approximation of GELU by tanh.</summary>
    public static void GeluTanh(float* x, float* y, nint length) => Apply<GeluTanhFunction>(x, y, length);

    /// <summary>The Gauss error function.</summary>
    public static void Erf(float* x, float* y, nint length) => Apply<ErfFunction>(x, y, length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TFunction>(float* x, float* y, nint length)
        where TFunction : struct, IVectorFunction
    {
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(TFunction.Of(Vector.Load(x + i)), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = TFunction.Of(new Vector<float>(x[i]))[0];
        }
    }

    private interface IVectorFunction
    {
        static abstract Vector<float> Of(Vector<float> x);
    }

    private readonly struct GeluFunction : IVectorFunction
    {
        public static Vector<float> Of(Vector<float> x) => x * (new Vector<float>(0.5f) + NormalDistribution.CenteredCumulative(x));
    }

    private readonly struct ErfFunction : IVectorFunction
    {
        private const float RootOfTwo = 1.41421356f;

        public static Vector<float> Of(Vector<float> x)
        {
            Vector<float> half = NormalDistribution.CenteredCumulative(x * new Vector<float>(RootOfTwo));
            return half + half;
        }
    }

    private readonly struct GeluTanhFunction : IVectorFunction
    {
        public static Vector<float> Of(Vector<float> x)
        {
            Vector<float> u = x * Vector.MultiplyAddEstimate(x * x, new Vector<float>(GeluCubic), new Vector<float>(GeluLinear));
            return x / Logistic.Denominator(u);
        }
    }
}
