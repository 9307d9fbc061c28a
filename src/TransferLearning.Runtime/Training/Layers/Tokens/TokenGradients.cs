using System.Numerics;
using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Layers.Tokens;

/// <summary>
/// The gradients of functions of the channels of one token. Sums are formed in one vector and a tail, in a fixed order. Bounds: every
/// access is below the given length.
/// </summary>
internal static unsafe class TokenGradients
{
    /// <summary>dx = y (dy - sum of y dy), for y = softmax(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(float* y, float* dy, float* dx, nint length)
    {
        Vector<float> sums = Vector<float>.Zero;
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums = Vector.MultiplyAddEstimate(Vector.Load(y + i), Vector.Load(dy + i), sums);
        }

        float sum = Vector.Sum(sums);
        for (; i < length; i++)
        {
            sum += y[i] * dy[i];
        }

        var all = new Vector<float>(sum);
        for (i = 0; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (Vector.Load(y + i) * (Vector.Load(dy + i) - all)).Store(dx + i);
        }

        for (; i < length; i++)
        {
            dx[i] = y[i] * (dy[i] - sum);
        }
    }

    /// <summary>The mean of values, and the inverse of their deviation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Mean, float Inverse) Moments(float* x, nint length, float epsilon)
    {
        Vector<float> sums = Vector<float>.Zero;
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += Vector.Load(x + i);
        }

        float mean = Vector.Sum(sums);
        for (; i < length; i++)
        {
            mean += x[i];
        }

        mean /= length;
        var center = new Vector<float>(mean);
        sums = Vector<float>.Zero;
        for (i = 0; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> d = Vector.Load(x + i) - center;
            sums = Vector.MultiplyAddEstimate(d, d, sums);
        }

        float squares = Vector.Sum(sums);
        for (; i < length; i++)
        {
            squares += (x[i] - mean) * (x[i] - mean);
        }

        return (mean, 1 / MathF.Sqrt((squares / length) + epsilon));
    }

    /// <summary>
    /// The gradient of layer normalization: dx = (g - mean of g - s mean of g s) / deviation, with s the standardized x and g = scale dy.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LayerNormalization(
        float* x, float* scale, float* dy, float* dx, nint length, float mean, float inverse)
    {
        Vector<float> center = new(mean), factor = new(inverse), sums = Vector<float>.Zero, products = sums;
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> g = Vector.Load(scale + i) * Vector.Load(dy + i);
            sums += g;
            products = Vector.MultiplyAddEstimate(g, (Vector.Load(x + i) - center) * factor, products);
        }

        float sum = Vector.Sum(sums), product = Vector.Sum(products);
        for (; i < length; i++)
        {
            sum += scale[i] * dy[i];
            product += scale[i] * dy[i] * (x[i] - mean) * inverse;
        }

        sum /= length;
        product /= length;
        Vector<float> meanOfGradients = new(sum), meanOfProducts = new(product);
        for (i = 0; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> g = Vector.Load(scale + i) * Vector.Load(dy + i), s = (Vector.Load(x + i) - center) * factor;
            ((g - meanOfGradients - (s * meanOfProducts)) * factor).Store(dx + i);
        }

        for (; i < length; i++)
        {
            dx[i] = ((scale[i] * dy[i]) - sum - ((x[i] - mean) * inverse * product)) * inverse;
        }
    }

    /// <summary>
    /// Adds dy times the standardized x, and dy, to sums of the channels. The channels are padded to whole pairs of vectors
    /// (<see cref="BatchLayouts"/>), and so are the sums.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddParameterSums(float* x, float* dy, nint stride, float mean, float inverse, double* scales, double* shifts)
    {
        Vector<float> center = new(mean), factor = new(inverse);
        for (nint i = 0; i < stride; i += Vector<float>.Count)
        {
            var g = Vector.Load(dy + i);
            DoubleSums.Add(g * ((Vector.Load(x + i) - center) * factor), scales + i);
            DoubleSums.Add(g, shifts + i);
        }
    }
}
