using System.Numerics;

namespace TransferLearning.Runtime.Kernels;

/// <content>The operators of <see cref="Binary"/>.</content>
internal static partial class Elementwise
{
    private readonly struct Sum : IBinaryOperator
    {
        public static Vector<float> Combine(Vector<float> a, Vector<float> b) => a + b;

        public static float Combine(float a, float b) => a + b;
    }

    private readonly struct Difference : IBinaryOperator
    {
        public static Vector<float> Combine(Vector<float> a, Vector<float> b) => a - b;

        public static float Combine(float a, float b) => a - b;
    }

    private readonly struct Product : IBinaryOperator
    {
        public static Vector<float> Combine(Vector<float> a, Vector<float> b) => a * b;

        public static float Combine(float a, float b) => a * b;
    }

    private readonly struct Quotient : IBinaryOperator
    {
        public static Vector<float> Combine(Vector<float> a, Vector<float> b) => a / b;

        public static float Combine(float a, float b) => a / b;
    }

    private readonly struct Smaller : IBinaryOperator
    {
        public static Vector<float> Combine(Vector<float> a, Vector<float> b) => Vector.Min(a, b);

        public static float Combine(float a, float b) => MathF.Min(a, b);
    }

    private readonly struct Larger : IBinaryOperator
    {
        public static Vector<float> Combine(Vector<float> a, Vector<float> b) => Vector.Max(a, b);

        public static float Combine(float a, float b) => MathF.Max(a, b);
    }
}
