using System.Numerics;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// Element-wise kernels over consecutive floats, in the processor's own vector width with a scalar tail. Sources and target may be the
/// same memory. Bounds: every access is below the given length.
/// </summary>
internal static unsafe class Elementwise
{
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

    public static void LeakyRelu(float* x, float* y, nint length, float slope)
    {
        var factor = new Vector<float>(slope);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(x + i);
            Vector.Store(Vector.ConditionalSelect(Vector.LessThan(v, Vector<float>.Zero), v * factor, v), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = x[i] < 0 ? x[i] * slope : x[i];
        }
    }

    /// <summary>max(0, min(1, alpha * x + beta)), times x where <paramref name="timesInput"/> is set (HardSwish).</summary>
    public static void HardSigmoid(float* x, float* y, nint length, float alpha, float beta, bool timesInput)
    {
        var a = new Vector<float>(alpha);
        var b = new Vector<float>(beta);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(x + i);
            Vector<float> gate = Vector.Min(Vector.Max((v * a) + b, Vector<float>.Zero), Vector<float>.One);
            Vector.Store(timesInput ? gate * v : gate, y + i);
        }

        for (; i < length; i++)
        {
            float gate = MathF.Min(MathF.Max((x[i] * alpha) + beta, 0), 1);
            y[i] = timesInput ? gate * x[i] : gate;
        }
    }

    /// <summary>1 / (1 + exp(-x)), times x where <paramref name="timesInput"/> is set (SiLU, also called Swish).</summary>
    public static void Sigmoid(float* x, float* y, nint length, bool timesInput)
    {
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(x + i), gate = Exponential.Logistic(v);
            Vector.Store(timesInput ? gate * v : gate, y + i);
        }

        // By the same vector function, so that a value does not depend on where it stands.
        for (; i < length; i++)
        {
            float gate = Exponential.Logistic(new Vector<float>(x[i]))[0];
            y[i] = timesInput ? gate * x[i] : gate;
        }
    }

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
        var low = new Vector<float>(minimum);
        var high = new Vector<float>(maximum);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = Combine(operation, Vector.Load(a + i), Vector.Load(b + i));
            Vector.Store(Vector.Min(Vector.Max(v, low), high), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = MathF.Min(MathF.Max(Combine(operation, a[i], b[i]), minimum), maximum);
        }
    }

    /// <summary>y = a * scale + shift, a scale and a shift an element, then clamped: batch normalisation on its own.</summary>
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

    /// <summary>y += x, element by element.</summary>
    public static void Accumulate(float* x, float* y, nint length)
    {
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(Vector.Load(y + i) + Vector.Load(x + i), y + i);
        }

        for (; i < length; i++)
        {
            y[i] += x[i];
        }
    }

    /// <summary>y = max(x, y), element by element.</summary>
    public static void Maximum(float* x, float* y, nint length)
    {
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(Vector.Max(Vector.Load(y + i), Vector.Load(x + i)), y + i);
        }

        for (; i < length; i++)
        {
            y[i] = MathF.Max(y[i], x[i]);
        }
    }

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

    private static Vector<float> Combine(BinaryOperation operation, Vector<float> a, Vector<float> b) => operation switch
    {
        BinaryOperation.Add => a + b,
        BinaryOperation.Subtract => a - b,
        BinaryOperation.Multiply => a * b,
        BinaryOperation.Divide => a / b,
        BinaryOperation.Minimum => Vector.Min(a, b),
        _ => Vector.Max(a, b),
    };

    private static float Combine(BinaryOperation operation, float a, float b) => operation switch
    {
        BinaryOperation.Add => a + b,
        BinaryOperation.Subtract => a - b,
        BinaryOperation.Multiply => a * b,
        BinaryOperation.Divide => a / b,
        BinaryOperation.Minimum => MathF.Min(a, b),
        _ => MathF.Max(a, b),
    };
}
