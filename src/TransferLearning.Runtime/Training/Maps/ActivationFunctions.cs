using System.Numerics;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tokens;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>The activation functions that can be trained through. At a corner, the derivative is that of PyTorch.</summary>
internal static class ActivationFunctions
{
    /// <summary>Whether a kind of activation can be trained through: not erf, which is part of GELU.</summary>
    public static bool HaveGradient(ActivationKind kind) => kind switch
    {
        ActivationKind.Clamp or ActivationKind.LeakyRelu or ActivationKind.HardSigmoid or ActivationKind.HardSwish
            or ActivationKind.Sigmoid or ActivationKind.Swish or ActivationKind.Tanh or ActivationKind.Gelu
            or ActivationKind.GeluTanh => true,
        ActivationKind.Erf => false,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "an activation has a gradient or not"),
    };

    /// <summary>Runs a kernel for a kind of activation.</summary>
    public static void Run<TKernel>(ActivationKind kind, TKernel kernel)
        where TKernel : struct, IActivationKernel
    {
        switch (kind)
        {
            case ActivationKind.Clamp:
                kernel.Run<Clamp>();
                break;
            case ActivationKind.LeakyRelu:
                kernel.Run<LeakyRelu>();
                break;
            case ActivationKind.HardSigmoid:
                kernel.Run<HardSigmoid>();
                break;
            case ActivationKind.HardSwish:
                kernel.Run<HardSwish>();
                break;
            case ActivationKind.Sigmoid:
                kernel.Run<Sigmoid>();
                break;
            case ActivationKind.Swish:
                kernel.Run<Swish>();
                break;
            case ActivationKind.Tanh:
                kernel.Run<Tanh>();
                break;
            case ActivationKind.Gelu:
                kernel.Run<Gelu>();
                break;
            case ActivationKind.GeluTanh:
                kernel.Run<GeluTanh>();
                break;
            default:
                throw new InvalidOperationException($"there is no gradient for the activation {kind}");
        }
    }

    public readonly struct Clamp : IActivationFunction
    {
        public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) => Vector.Min(Vector.Max(x, a), b);

        public static Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b) =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, a) & Vector.LessThan(x, b), Vector<float>.One, Vector<float>.Zero);
    }

    public readonly struct LeakyRelu : IActivationFunction
    {
        public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) => x * Slope(x, a, b);

        public static Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b) =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, a);
    }

    public readonly struct HardSigmoid : IActivationFunction
    {
        public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
            Vector.Min(Vector.Max((x * a) + b, Vector<float>.Zero), Vector<float>.One);

        public static Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b)
        {
            Vector<float> line = (x * a) + b;
            return Vector.ConditionalSelect(
                Vector.GreaterThan(line, Vector<float>.Zero) & Vector.LessThan(line, Vector<float>.One), a, Vector<float>.Zero);
        }
    }

    public readonly struct HardSwish : IActivationFunction
    {
        public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) =>
            x * HardSigmoid.Value(x, new Vector<float>(1f / 6), new Vector<float>(0.5f));

        public static Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b)
        {
            Vector<float> inside = (x * new Vector<float>(1f / 3)) + new Vector<float>(0.5f);
            var outside = Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero);
            return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new Vector<float>(3)), inside, outside);
        }
    }

    public readonly struct Sigmoid : IActivationFunction
    {
        public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) => Vector<float>.One / Logistic.Denominator(x);

        public static Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b)
        {
            Vector<float> s = Value(x, a, b);
            return s * (Vector<float>.One - s);
        }
    }

    public readonly struct Swish : IActivationFunction
    {
        public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) => x / Logistic.Denominator(x);

        public static Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b)
        {
            Vector<float> s = Sigmoid.Value(x, a, b);
            return s + (x * s * (Vector<float>.One - s));
        }
    }

    public readonly struct Tanh : IActivationFunction
    {
        public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b)
        {
            Vector<float> s = Sigmoid.Value(x + x, a, b);
            return s + s - Vector<float>.One;
        }

        public static Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b)
        {
            Vector<float> value = Value(x, a, b);
            return Vector<float>.One - (value * value);
        }
    }

    /// <summary>x Phi(x), with the slope Phi(x) + x phi(x).</summary>
    public readonly struct Gelu : IActivationFunction
    {
        private const float Density = 0.398942280f;

        public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) => x * Cumulative(x);

        public static Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b)
        {
            Vector<float> density = Exponential.Of(x * x * new Vector<float>(-0.5f)) * new Vector<float>(Density);
            return Vector.MultiplyAddEstimate(x, density, Cumulative(x));
        }

        private static Vector<float> Cumulative(Vector<float> x) =>
            new Vector<float>(0.5f) + NormalDistribution.CenteredCumulative(x);
    }

    /// <summary>x s, with s = sigmoid(u) and u = 2 sqrt(2 / pi) (x + 0.044715 x^3); its slope is s + x s (1 - s) u'.</summary>
    public readonly struct GeluTanh : IActivationFunction
    {
        public static Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b) => x * Gate(x);

        public static Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b)
        {
            Vector<float> s = Gate(x);
            Vector<float> cubic = new(3 * TokenFunctions.GeluCubic), linear = new(TokenFunctions.GeluLinear);
            var slope = Vector.MultiplyAddEstimate(x * x, cubic, linear);
            return s + (x * s * (Vector<float>.One - s) * slope);
        }

        private static Vector<float> Gate(Vector<float> x)
        {
            Vector<float> cubic = new(TokenFunctions.GeluCubic), linear = new(TokenFunctions.GeluLinear);
            return Sigmoid.Value(x * Vector.MultiplyAddEstimate(x * x, cubic, linear), default, default);
        }
    }
}
