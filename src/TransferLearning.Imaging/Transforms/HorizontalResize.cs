using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TransferLearning.Imaging.Transforms;

/// <summary>Resizes rows of interleaved RGB bytes to rows of interleaved RGB floats, each channel scaled by a factor.</summary>
internal static class HorizontalResize
{
    /// <summary>Bytes of pixels to floats of 4 a pixel (red, green, blue, 0), so that a pixel is a vector.</summary>
    /// <param name="rgb">[pixels, 3].</param>
    /// <param name="expanded">[pixels, 4].</param>
    public static void Expand(ReadOnlySpan<byte> rgb, Span<float> expanded)
    {
        ref byte source = ref MemoryMarshal.GetReference(rgb);
        ref float target = ref MemoryMarshal.GetReference(expanded);
        int pixels = rgb.Length / 3;
        int x = 0;

        // 4 pixels a step; the load takes 16 bytes for 12.
        for (; x <= pixels - 6; x += 4)
        {
            var bytes = Vector128.LoadUnsafe(ref source, (nuint)x * 3);
            Spread(bytes, Vector128.Create((byte)0, 255, 255, 255, 1, 255, 255, 255, 2, 255, 255, 255, 255, 255, 255, 255), ref target, x);
            Spread(bytes, Vector128.Create((byte)3, 255, 255, 255, 4, 255, 255, 255, 5, 255, 255, 255, 255, 255, 255, 255), ref target, x + 1);
            Spread(bytes, Vector128.Create((byte)6, 255, 255, 255, 7, 255, 255, 255, 8, 255, 255, 255, 255, 255, 255, 255), ref target, x + 2);
            Spread(bytes, Vector128.Create((byte)9, 255, 255, 255, 10, 255, 255, 255, 11, 255, 255, 255, 255, 255, 255, 255), ref target, x + 3);
        }

        for (; x < pixels; x++)
        {
            Vector128.Create((float)rgb[x * 3], rgb[(x * 3) + 1], rgb[(x * 3) + 2], 0).StoreUnsafe(ref target, (nuint)x * 4);
        }
    }

    /// <summary>Pixels that an output sample reads: the weights' taps, rounded up to whole vectors of two pixels.</summary>
    public static int PaddedTaps(ResizeWeights weights) => (weights.Taps + 1) & ~1;

    /// <summary>Repeats each weight for the 4 values of a pixel: [size, padded taps, 4].</summary>
    public static void Broadcast(ResizeWeights weights, Span<float> broadcast)
    {
        int taps = PaddedTaps(weights);
        for (int i = 0; i < weights.Size * taps; i++)
        {
            int k = i % taps;
            broadcast.Slice(i * 4, 4).Fill(k < weights.Taps ? weights.Weights[(i / taps * weights.Taps) + k] : 0);
        }
    }

    /// <summary>Makes an output row.</summary>
    /// <param name="expanded">[pixels, 4] from the source column <paramref name="origin"/> on, with padded taps of zeros behind.</param>
    /// <param name="origin">The source column that the row starts with.</param>
    /// <param name="weights">The weights of the columns.</param>
    /// <param name="broadcast">The weights as <see cref="Broadcast"/> repeats them.</param>
    /// <param name="factor">What each channel is multiplied by.</param>
    /// <param name="row">[weights.Size, 3], and one float more, which is overwritten.</param>
    public static void Resize(
        ReadOnlySpan<float> expanded, int origin, ResizeWeights weights, ReadOnlySpan<float> broadcast, Vector128<float> factor, Span<float> row)
    {
        ref float source = ref MemoryMarshal.GetReference(expanded);
        ref float target = ref MemoryMarshal.GetReference(row);
        ref float weight = ref MemoryMarshal.GetReference(broadcast);
        ReadOnlySpan<int> firsts = weights.First;
        int length = PaddedTaps(weights) * 4;
        for (int i = 0; i < firsts.Length; i++)
        {
            ref float pixel = ref Unsafe.Add(ref source, (firsts[i] - origin) * 4);
            Vector256<float> sum = Vector256.LoadUnsafe(ref pixel) * Vector256.LoadUnsafe(ref weight);
            for (int k = 8; k < length; k += 8)
            {
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref pixel, (nuint)k), Vector256.LoadUnsafe(ref weight, (nuint)k), sum);
            }

            // Stores 4 floats for 3: the next pixel overwrites the fourth.
            ((sum.GetLower() + sum.GetUpper()) * factor).StoreUnsafe(ref target, (nuint)i * 3);
            weight = ref Unsafe.Add(ref weight, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(Vector128<byte> bytes, Vector128<byte> indices, ref float target, int x) =>
        Vector128.ConvertToSingle(Vector128.Shuffle(bytes, indices).AsInt32()).StoreUnsafe(ref target, (nuint)x * 4);
}
