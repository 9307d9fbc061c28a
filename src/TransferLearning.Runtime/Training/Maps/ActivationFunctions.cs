using System.Numerics;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>The activation functions that can be trained through. At a corner, the derivative is that of PyTorch.</summary>
internal static class ActivationFunctions
{
    /// <summary>Whether a kind of activation can be trained through: not those of transformers.</summary>
    public static bool HaveGradient(ActivationKind kind) => kind switch
    {
        ActivationKind.Clamp or ActivationKind.LeakyRelu or ActivationKind.HardSigmoid or ActivationKind.HardSwish
            or ActivationKind.Sigmoid or ActivationKind.Swish or ActivationKind.Tanh => true,
        ActivationKind.Erf or ActivationKind.Gelu or ActivationKind.GeluTanh => false,
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
}
