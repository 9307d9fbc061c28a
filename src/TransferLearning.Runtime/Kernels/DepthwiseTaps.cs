using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// Depthwise products over a row of pixels, for any window: loops over the taps, channels innermost. The number of channels is a multiple
/// of two of .NET's vectors. Bounds: the caller's tables keep every pixel inside its map.
/// </summary>
internal static unsafe class DepthwiseTaps
{
    /// <summary>output[p][c] = bias[c] + sum over taps of weights[t][c] * input[p * inputStep + offsets[t]][c].</summary>
    /// <param name="input">The first pixel.</param>
    /// <param name="inputStep">The distance between the input pixels of neighboring outputs, in floats.</param>
    /// <param name="offsets">[taps], in floats.</param>
    /// <param name="taps">The number of taps.</param>
    /// <param name="weights">The first row of the weights.</param>
    /// <param name="rows">[taps]: the number of each tap's row of weights.</param>
    /// <param name="bias">[channels]; null for none.</param>
    /// <param name="output">The first output pixel.</param>
    /// <param name="outputStep">The distance between outputs.</param>
    /// <param name="pixels">The number of outputs.</param>
    /// <param name="channels">The number of channels, and the length of a row of weights.</param>
    /// <param name="adds">Whether the sums are added to the output.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(
        float* input,
        nint inputStep,
        int* offsets,
        int taps,
        float* weights,
        int* rows,
        float* bias,
        float* output,
        nint outputStep,
        int pixels,
        int channels,
        bool adds)
    {
        for (int p = 0; p < pixels; p++, input += inputStep, output += outputStep)
        {
            for (nint c = 0; c < channels; c += 2 * Vector<float>.Count)
            {
                nint d = c + Vector<float>.Count;
                Vector<float> s0 = default, s1 = default;
                if (bias != null)
                {
                    (s0, s1) = (Vector.Load(bias + c), Vector.Load(bias + d));
                }

                if (adds)
                {
                    (s0, s1) = (s0 + Vector.Load(output + c), s1 + Vector.Load(output + d));
                }

                for (int t = 0; t < taps; t++)
                {
                    float* x = input + offsets[t], w = weights + ((nint)rows[t] * channels);
                    s0 = Vector.MultiplyAddEstimate(Vector.Load(x + c), Vector.Load(w + c), s0);
                    s1 = Vector.MultiplyAddEstimate(Vector.Load(x + d), Vector.Load(w + d), s1);
                }

                s0.Store(output + c);
                s1.Store(output + d);
            }
        }
    }

    /// <summary>sums[c] += sum over pixels of input[p * inputStep][c] * gradient[p * gradientStep][c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(
        float* input, nint inputStep, float* gradient, nint gradientStep, int pixels, int channels, float* sums)
    {
        for (nint c = 0; c < channels; c += 2 * Vector<float>.Count)
        {
            nint d = c + Vector<float>.Count;
            Vector<float> s0 = default, s1 = default;
            float* x = input, g = gradient;
            for (int p = 0; p < pixels; p++, x += inputStep, g += gradientStep)
            {
                s0 = Vector.MultiplyAddEstimate(Vector.Load(x + c), Vector.Load(g + c), s0);
                s1 = Vector.MultiplyAddEstimate(Vector.Load(x + d), Vector.Load(g + d), s1);
            }

            (Vector.Load(sums + c) + s0).Store(sums + c);
            (Vector.Load(sums + d) + s1).Store(sums + d);
        }
    }
}
