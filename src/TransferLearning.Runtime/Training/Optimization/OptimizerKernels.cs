using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Training.Optimization;

/// <summary>
/// The updates of optimizers over consecutive values. Bounds: every access is below the given length. The tail goes by the same operations
/// in the same order as the vectors.
/// </summary>
internal static unsafe class OptimizerKernels
{
    /// <summary>Stochastic gradient descent with momentum: see <see cref="SgdOptimizer"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sgd(
        float* w, float* gradient, float* velocity, nint length, float rate, float momentum, float decay, float scale, bool nesterov)
    {
        Vector<float> m = new(momentum), d = new(decay), s = new(scale), r = new(-rate);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = Vector.Load(w + i);
            Vector<float> g = (Vector.Load(gradient + i) * s) + (value * d);
            Vector<float> v = (Vector.Load(velocity + i) * m) + g;
            v.Store(velocity + i);
            (value + ((nesterov ? g + (v * m) : v) * r)).Store(w + i);
        }

        for (; i < length; i++)
        {
            float g = (gradient[i] * scale) + (w[i] * decay);
            float v = (velocity[i] * momentum) + g;
            velocity[i] = v;
            w[i] += (nesterov ? g + (v * momentum) : v) * -rate;
        }
    }

    /// <summary>Adam with decoupled weight decay: see <see cref="AdamWOptimizer"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AdamW(float* w, float* gradient, float* first, float* second, nint length, AdamWStep step)
    {
        Vector<float> b1 = new(step.Beta1), a1 = new(1 - step.Beta1), b2 = new(step.Beta2), a2 = new(1 - step.Beta2);
        Vector<float> keep = new(step.Keep), scale = new(step.GradientScale), rate = new(-step.Rate);
        Vector<float> correction = new(step.SecondCorrection), epsilon = new(step.Epsilon);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> g = Vector.Load(gradient + i) * scale;
            Vector<float> m = (Vector.Load(first + i) * b1) + (g * a1);
            Vector<float> v = (Vector.Load(second + i) * b2) + (g * g * a2);
            m.Store(first + i);
            v.Store(second + i);
            Vector<float> root = (Vector.SquareRoot(v) * correction) + epsilon;
            ((Vector.Load(w + i) * keep) + (m / root * rate)).Store(w + i);
        }

        for (; i < length; i++)
        {
            float g = gradient[i] * step.GradientScale;
            first[i] = (first[i] * step.Beta1) + (g * (1 - step.Beta1));
            second[i] = (second[i] * step.Beta2) + (g * g * (1 - step.Beta2));
            float root = (MathF.Sqrt(second[i]) * step.SecondCorrection) + step.Epsilon;
            w[i] = (w[i] * step.Keep) + (first[i] / root * -step.Rate);
        }
    }

    /// <summary>The sum of the squares, in double precision; the same for the same length, whatever the processor's vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares(float* x, nint length)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        nint i = 0;
        for (; i <= length - 4; i += 4)
        {
            s0 += (double)x[i] * x[i];
            s1 += (double)x[i + 1] * x[i + 1];
            s2 += (double)x[i + 2] * x[i + 2];
            s3 += (double)x[i + 3] * x[i + 3];
        }

        for (; i < length; i++)
        {
            s0 += (double)x[i] * x[i];
        }

        return s0 + s1 + s2 + s3;
    }
}
