using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Kernels;

/// <content>Gradients.</content>
internal static unsafe partial class Elementwise
{
    /// <summary>y = g where x is between the bounds, else 0: the gradient of a clamp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Inside(float* x, float* g, float* y, nint length, float minimum, float maximum)
    {
        var low = new Vector<float>(minimum);
        var high = new Vector<float>(maximum);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = Vector.Load(x + i);
            Vector<int> inside = Vector.GreaterThan(v, low) & Vector.LessThan(v, high);
            Vector.ConditionalSelect(inside, Vector.Load(g + i), Vector<float>.Zero).Store(y + i);
        }

        for (; i < length; i++)
        {
            y[i] = x[i] > minimum && x[i] < maximum ? g[i] : 0;
        }
    }

    /// <summary>y = y + a * x, with one factor for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(float* x, float* y, nint length, float factor)
    {
        var f = new Vector<float>(factor);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.MultiplyAddEstimate(Vector.Load(x + i), f, Vector.Load(y + i)).Store(y + i);
        }

        for (; i < length; i++)
        {
            y[i] = MathF.FusedMultiplyAdd(x[i], factor, y[i]);
        }
    }

    /// <summary>y = y + a * b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(float* a, float* b, float* y, nint length)
    {
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.MultiplyAddEstimate(Vector.Load(a + i), Vector.Load(b + i), Vector.Load(y + i)).Store(y + i);
        }

        for (; i < length; i++)
        {
            y[i] = MathF.FusedMultiplyAdd(a[i], b[i], y[i]);
        }
    }

    /// <summary>Where x is larger than the maximum so far, or NaN, it becomes the maximum, and a number is noted for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TakeLarger(float* x, float number, float* maximum, float* numbers, nint length)
    {
        var n = new Vector<float>(number);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(x + i), m = Vector.Load(maximum + i);
            Vector<int> larger = Vector.GreaterThan(v, m) | ~Vector.Equals(v, v);
            Vector.ConditionalSelect(larger, v, m).Store(maximum + i);
            Vector.ConditionalSelect(larger, n, Vector.Load(numbers + i)).Store(numbers + i);
        }

        for (; i < length; i++)
        {
            if (x[i] > maximum[i] || float.IsNaN(x[i]))
            {
                (maximum[i], numbers[i]) = (x[i], number);
            }
        }
    }

    /// <summary>y = y + g where a number was noted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddWhereEqual(float* numbers, float number, float* g, float* y, nint length)
    {
        var n = new Vector<float>(number);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var equal = Vector.Equals(Vector.Load(numbers + i), n);
            (Vector.Load(y + i) + Vector.ConditionalSelect(equal, Vector.Load(g + i), Vector<float>.Zero)).Store(y + i);
        }

        for (; i < length; i++)
        {
            y[i] += numbers[i] == number ? g[i] : 0;
        }
    }
}
