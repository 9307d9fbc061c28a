using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// Copies of channels from pixels of one map to those of another. Loops: pixel, channel. Strides count floats. Bounds: only the given
/// numbers of pixels and channels are read and written.
/// </summary>
internal static unsafe class ChannelCopies
{
    /// <summary>y[p][i] = x[p][i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* x, nint xStride, float* y, nint yStride, int pixels, int channels)
    {
        for (int p = 0; p < pixels; p++, x += xStride, y += yStride)
        {
            new ReadOnlySpan<float>(x, channels).CopyTo(new Span<float>(y, channels));
        }
    }

    /// <summary>y[p][2 i] = a[p][i], y[p][2 i + 1] = b[p][i]: a channel shuffle of two groups.</summary>
    /// <param name="a">The first channel of the first run.</param>
    /// <param name="b">The first channel of the second run, in the same pixel.</param>
    /// <param name="stride">The distance between the pixels of both.</param>
    /// <param name="y">The first channel of the target.</param>
    /// <param name="yStride">The distance between the pixels of the target.</param>
    /// <param name="pixels">The number of pixels.</param>
    /// <param name="pairs">The number of channels of each run.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(float* a, float* b, nint stride, float* y, nint yStride, int pixels, int pairs)
    {
        for (int p = 0; p < pixels; p++, a += stride, b += stride, y += yStride)
        {
            int i = 0;
            if (Sse.IsSupported || AdvSimd.Arm64.IsSupported)
            {
                for (; i <= pairs - Vector128<float>.Count; i += Vector128<float>.Count)
                {
                    Vector128<float> left = Vector128.Load(a + i), right = Vector128.Load(b + i);
                    (Sse.IsSupported ? Sse.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right)).Store(y + (2 * i));
                    (Sse.IsSupported ? Sse.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right))
                        .Store(y + (2 * i) + Vector128<float>.Count);
                }
            }

            for (; i < pairs; i++)
            {
                y[2 * i] = a[i];
                y[(2 * i) + 1] = b[i];
            }
        }
    }

    /// <summary>y[p][i] = x[p][channels[i]].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Select(float* x, nint xStride, float* y, nint yStride, int pixels, ReadOnlySpan<int> channels)
    {
        for (int p = 0; p < pixels; p++, x += xStride, y += yStride)
        {
            for (int i = 0; i < channels.Length; i++)
            {
                y[i] = x[channels[i]];
            }
        }
    }
}
