using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// Element-wise kernels over consecutive floats, in the processor's own vector width with a scalar tail. Sources and target may be the
/// same memory. Bounds: every access is below the given length. Compiled with full optimization from the first call on: with tiered
/// compilation, the first images would take several times as long.
/// </summary>
internal static unsafe partial class Elementwise
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Clamp(float* x, float* y, nint length, float minimum, float maximum)
    {
        var low = new Vector<float>(minimum);
        var high = new Vector<float>(maximum);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(Vector.Min(Vector.Max(Vector.Load(x + i), low), high), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = MathF.Min(MathF.Max(x[i], minimum), maximum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LeakyRelu(float* x, float* y, nint length, float slope)
    {
        var factor = new Vector<float>(slope);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = Vector.Load(x + i);
            Vector.Store(Vector.ConditionalSelect(Vector.LessThan(v, Vector<float>.Zero), v * factor, v), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = x[i] < 0 ? x[i] * slope : x[i];
        }
    }

    /// <summary>max(0, min(1, alpha * x + beta)), times x where <paramref name="timesInput"/> is set (HardSwish).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void HardSigmoid(float* x, float* y, nint length, float alpha, float beta, bool timesInput)
    {
        var a = new Vector<float>(alpha);
        var b = new Vector<float>(beta);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = Vector.Load(x + i);
            var gate = Vector.Min(Vector.Max((v * a) + b, Vector<float>.Zero), Vector<float>.One);
            Vector.Store(timesInput ? gate * v : gate, y + i);
        }

        for (; i < length; i++)
        {
            float gate = MathF.Min(MathF.Max((x[i] * alpha) + beta, 0), 1);
            y[i] = timesInput ? gate * x[i] : gate;
        }
    }

    /// <summary>1 / (1 + exp(-x)), times x where <paramref name="timesInput"/> is set (SiLU, also called Swish).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sigmoid(float* x, float* y, nint length, bool timesInput)
    {
        // The tail goes by the same vector function, so that a value does not depend on where it stands.
        nint i = 0;
        if (Logistic.Has512)
        {
            for (; i <= length - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                var v = Vector512.Load(x + i);
                ((timesInput ? v : Vector512<float>.One) / Logistic.Denominator(v)).Store(y + i);
            }

            for (; i < length; i++)
            {
                y[i] = (timesInput ? x[i] : 1) / Logistic.Denominator(Vector512.Create(x[i])).ToScalar();
            }
        }

        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = Vector.Load(x + i);
            Vector.Store((timesInput ? v : Vector<float>.One) / Logistic.Denominator(v), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = (timesInput ? x[i] : 1) / Logistic.Denominator(new Vector<float>(x[i]))[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tanh(float* x, float* y, nint length)
    {
        for (nint i = 0; i < length; i++)
        {
            y[i] = MathF.Tanh(x[i]);
        }
    }

    /// <summary>y = a op b, then clamped.</summary>
    public static void Binary(BinaryOperation operation, float* a, float* b, float* y, nint length, float minimum, float maximum)
    {
        switch (operation)
        {
            case BinaryOperation.Add:
                Binary<Sum>(a, b, y, length, minimum, maximum);
                break;
            case BinaryOperation.Subtract:
                Binary<Difference>(a, b, y, length, minimum, maximum);
                break;
            case BinaryOperation.Multiply:
                Binary<Product>(a, b, y, length, minimum, maximum);
                break;
            case BinaryOperation.Divide:
                Binary<Quotient>(a, b, y, length, minimum, maximum);
                break;
            case BinaryOperation.Minimum:
                Binary<Smaller>(a, b, y, length, minimum, maximum);
                break;
            case BinaryOperation.Maximum:
                Binary<Larger>(a, b, y, length, minimum, maximum);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "there is no kernel for the operation");
        }
    }

    /// <summary>Multiplies each of a number of consecutive rows by its own factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScaleRows(float* x, float* factors, float* y, nint rows, nint length)
    {
        for (nint row = 0; row < rows; row++, x += length, y += length)
        {
            var factor = new Vector<float>(factors[row]);
            nint i = 0;
            for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector.Store(Vector.Load(x + i) * factor, y + i);
            }

            for (; i < length; i++)
            {
                y[i] = x[i] * factors[row];
            }
        }
    }

    /// <summary>
    /// y = a * scale + shift, with one scale and one shift per element, then clamped: batch normalization that is not folded.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(float* a, float* scale, float* shift, float* y, nint length, float minimum, float maximum)
    {
        var low = new Vector<float>(minimum);
        var high = new Vector<float>(maximum);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = (Vector.Load(a + i) * Vector.Load(scale + i)) + Vector.Load(shift + i);
            Vector.Store(Vector.Min(Vector.Max(v, low), high), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = MathF.Min(MathF.Max((a[i] * scale[i]) + shift[i], minimum), maximum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* y, nint length, float factor)
    {
        var f = new Vector<float>(factor);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(Vector.Load(y + i) * f, y + i);
        }

        for (; i < length; i++)
        {
            y[i] *= factor;
        }
    }

    /// <summary>y = exp(x - max) / sum, over the whole length; numerically safe.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(float* x, float* y, nint length)
    {
        float maximum = float.NegativeInfinity;
        for (nint i = 0; i < length; i++)
        {
            maximum = MathF.Max(maximum, x[i]);
        }

        float sum = 0;
        for (nint i = 0; i < length; i++)
        {
            y[i] = MathF.Exp(x[i] - maximum);
            sum += y[i];
        }

        Scale(y, length, 1 / sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Binary<TOperator>(float* a, float* b, float* y, nint length, float minimum, float maximum)
        where TOperator : struct, IBinaryOperator
    {
        var low = new Vector<float>(minimum);
        var high = new Vector<float>(maximum);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = TOperator.Combine(Vector.Load(a + i), Vector.Load(b + i));
            Vector.Store(Vector.Min(Vector.Max(v, low), high), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = MathF.Min(MathF.Max(TOperator.Combine(a[i], b[i]), minimum), maximum);
        }
    }
}
