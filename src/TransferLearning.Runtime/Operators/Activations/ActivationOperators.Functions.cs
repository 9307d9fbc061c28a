using System.Numerics;
using TransferLearning.Runtime.Operators.Elementwise;

namespace TransferLearning.Runtime.Operators.Activations;

/// <content>The activation functions.</content>
internal static partial class ActivationOperators
{
    private readonly struct Relu : IUnaryFunction
    {
        public double Of(double x) => x < 0 ? 0 : x;

        public Vector<float> Of(Vector<float> x) =>
            Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), Vector<float>.Zero, x);
    }

    private readonly struct LeakyRelu(float alpha) : IUnaryFunction
    {
        public double Of(double x) => x < 0 ? alpha * x : x;

        public Vector<float> Of(Vector<float> x) => Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), x * alpha, x);
    }

    private readonly struct ThresholdedRelu(float alpha) : IUnaryFunction
    {
        public double Of(double x) => x > alpha ? x : 0;

        public Vector<float> Of(Vector<float> x) =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector.Create(alpha)), x, Vector<float>.Zero);
    }

    /// <summary>gamma * alpha * (e^(slope * x) - 1) below 0, gamma * x from there on.</summary>
    private readonly struct Elu(float alpha, float gamma, float slope) : IUnaryFunction
    {
        public double Of(double x) => gamma * (x < 0 ? alpha * (Math.Exp(x * slope) - 1) : x);

        public Vector<float> Of(Vector<float> x)
        {
            Vector<float> below = VectorFunctions.ExpMinusOne(Vector.Min(x, Vector<float>.Zero) * slope) * alpha;
            return Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), below, x) * gamma;
        }
    }

    private readonly struct Sigmoid : IUnaryFunction
    {
        public double Of(double x) => 1 / (1 + Math.Exp(-x));

        public Vector<float> Of(Vector<float> x) => VectorFunctions.Sigmoid(x);
    }

    private readonly struct HardSigmoid(float alpha, float beta) : IUnaryFunction
    {
        public double Of(double x) => Math.Clamp((alpha * x) + beta, 0, 1);

        public Vector<float> Of(Vector<float> x) => Line(x, alpha, beta);

        public static Vector<float> Line(Vector<float> x, float alpha, float beta) =>
            Vector.Min(Vector.Max((x * alpha) + Vector.Create(beta), Vector<float>.Zero), Vector<float>.One);
    }

    private readonly struct HardSwish : IUnaryFunction
    {
        public double Of(double x) => x * Math.Clamp((x / 6) + 0.5, 0, 1);

        public Vector<float> Of(Vector<float> x) => x * HardSigmoid.Line(x, 1f / 6, 0.5f);
    }

    private readonly struct Softplus : IUnaryFunction
    {
        // log(1 + e^x) without overflow.
        public double Of(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

        public Vector<float> Of(Vector<float> x) => VectorFunctions.Softplus(x);
    }

    private readonly struct Softsign : IUnaryFunction
    {
        public double Of(double x) => x / (1 + Math.Abs(x));

        public Vector<float> Of(Vector<float> x) => x / (Vector<float>.One + Vector.Abs(x));
    }

    /// <summary>x + bias below -threshold, x - bias above the threshold, 0 between.</summary>
    private readonly struct Shrink(float threshold, float bias) : IUnaryFunction
    {
        public double Of(double x) => x < -threshold ? x + bias : x > threshold ? x - bias : 0;

        public Vector<float> Of(Vector<float> x)
        {
            var above = Vector.ConditionalSelect(
                Vector.GreaterThan(x, Vector.Create(threshold)), x - Vector.Create(bias), Vector<float>.Zero);
            return Vector.ConditionalSelect(Vector.LessThan(x, Vector.Create(-threshold)), x + Vector.Create(bias), above);
        }
    }

    private readonly struct Mish : IUnaryFunction
    {
        // Above this, the tanh is 1 in float32, and the square of the exponential would overflow.
        private const float Largest = 20;

        public double Of(double x) => x * Math.Tanh(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))));

        // tanh(log(1 + e)) = ((1 + e)^2 - 1) / ((1 + e)^2 + 1).
        public Vector<float> Of(Vector<float> x)
        {
            var power = Vector.Exp(Vector.Min(x, Vector.Create(Largest)));
            Vector<float> numerator = power * (power + Vector.Create(2f));
            Vector<float> mish = x * (numerator / (numerator + Vector.Create(2f)));
            return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector.Create(Largest)), x, mish);
        }
    }

    private readonly struct Gelu : IUnaryFunction
    {
        private const float InverseRootOfTwo = 0.70710678f;

        public double Of(double x) => 0.5 * x * (1 + ErrorFunction.Erf(x / Math.Sqrt(2)));

        public Vector<float> Of(Vector<float> x) => x * 0.5f * (Vector<float>.One + VectorFunctions.Erf(x * InverseRootOfTwo));
    }

    private readonly struct ApproximateGelu : IUnaryFunction
    {
        private const float RootOfTwoByPi = 0.79788456f;

        public double Of(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

        // (1 + tanh(u)) / 2 is the sigmoid of 2 u.
        public Vector<float> Of(Vector<float> x) =>
            x * VectorFunctions.Sigmoid((x + (x * x * x * 0.044715f)) * (2 * RootOfTwoByPi));
    }

    private readonly struct Erf : IUnaryFunction
    {
        public double Of(double x) => ErrorFunction.Erf(x);

        public Vector<float> Of(Vector<float> x) => VectorFunctions.Erf(x);
    }

    private readonly struct Exp : IUnaryFunction
    {
        public double Of(double x) => Math.Exp(x);

        public Vector<float> Of(Vector<float> x) => Vector.Exp(x);
    }

    private readonly struct Log : IUnaryFunction
    {
        public double Of(double x) => Math.Log(x);

        public Vector<float> Of(Vector<float> x) => Vector.Log(x);
    }

    private readonly struct Sin : IUnaryFunction
    {
        public double Of(double x) => Math.Sin(x);

        public Vector<float> Of(Vector<float> x) => Vector.Sin(x);
    }

    private readonly struct Cos : IUnaryFunction
    {
        public double Of(double x) => Math.Cos(x);

        public Vector<float> Of(Vector<float> x) => Vector.Cos(x);
    }

    private readonly struct Sqrt : IUnaryFunction
    {
        public double Of(double x) => Math.Sqrt(x);

        public Vector<float> Of(Vector<float> x) => Vector.SquareRoot(x);
    }

    private readonly struct Reciprocal : IUnaryFunction
    {
        public double Of(double x) => 1 / x;

        public Vector<float> Of(Vector<float> x) => Vector<float>.One / x;
    }

    private readonly struct Abs : IUnaryFunction
    {
        public double Of(double x) => Math.Abs(x);

        public Vector<float> Of(Vector<float> x) => Vector.Abs(x);
    }

    private readonly struct Neg : IUnaryFunction
    {
        public double Of(double x) => -x;

        public Vector<float> Of(Vector<float> x) => -x;
    }

    private readonly struct Floor : IUnaryFunction
    {
        public double Of(double x) => Math.Floor(x);

        public Vector<float> Of(Vector<float> x) => Vector.Floor(x);
    }

    private readonly struct Ceil : IUnaryFunction
    {
        public double Of(double x) => Math.Ceiling(x);

        public Vector<float> Of(Vector<float> x) => Vector.Ceiling(x);
    }

    private readonly struct Round : IUnaryFunction
    {
        public double Of(double x) => Math.Round(x, MidpointRounding.ToEven);

        public Vector<float> Of(Vector<float> x) => Vector.Round(x, MidpointRounding.ToEven);
    }
}
