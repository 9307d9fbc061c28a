using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TransferLearning.Imaging.Transforms;

/// <summary>Resizes rows of interleaved RGB bytes to rows of interleaved RGB floats, and multiplies each channel by a factor.</summary>
internal static class HorizontalResize
{
    /// <summary>Expands pixels to 4 floats per pixel (red, green, blue, 0), so that a pixel is a vector.</summary>
    /// <param name="rgb">[pixels, 3].</param>
    /// <param name="expanded">[pixels, 4].</param>
    public static void Expand(ReadOnlySpan<byte> rgb, Span<float> expanded)
    {
        // An index of 255 selects nothing: the shuffle gives 0.
        const byte No = 255;
        ref byte source = ref MemoryMarshal.GetReference(rgb);
        ref float target = ref MemoryMarshal.GetReference(expanded);
        int pixels = rgb.Length / 3;
        int x = 0;

        // 4 pixels per step: a load of 16 bytes, of which 12 are used.
        for (; x <= pixels - 6; x += 4)
        {
            var bytes = Vector128.LoadUnsafe(ref source, (nuint)x * 3);
            Spread(bytes, Vector128.Create(0, No, No, No, 1, No, No, No, 2, No, No, No, No, No, No, No), ref target, x);
            Spread(bytes, Vector128.Create(3, No, No, No, 4, No, No, No, 5, No, No, No, No, No, No, No), ref target, x + 1);
            Spread(bytes, Vector128.Create(6, No, No, No, 7, No, No, No, 8, No, No, No, No, No, No, No), ref target, x + 2);
            Spread(bytes, Vector128.Create(9, No, No, No, 10, No, No, No, 11, No, No, No, No, No, No, No), ref target, x + 3);
        }

        for (; x < pixels; x++)
        {
            Vector128.Create((float)rgb[x * 3], rgb[(x * 3) + 1], rgb[(x * 3) + 2], 0).StoreUnsafe(ref target, (nuint)x * 4);
        }
    }

    /// <summary>The number of pixels that an output sample reads: the taps, rounded up to whole vectors of two pixels.</summary>
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

    /// <summary>Computes an output row.</summary>
    /// <param name="expanded">[pixels, 4], starting at the source column <paramref name="origin"/>; padded taps of zeros follow.</param>
    /// <param name="origin">The first source column in <paramref name="expanded"/>.</param>
    /// <param name="weights">The weights of the columns.</param>
    /// <param name="broadcast">The weights, repeated by <see cref="Broadcast"/>.</param>
    /// <param name="factor">The factor of each channel.</param>
    /// <param name="row">[weights.Size, 3], and one float more, which is overwritten.</param>
    public static void Resize(
        ReadOnlySpan<float> expanded,
        int origin,
        ResizeWeights weights,
        ReadOnlySpan<float> broadcast,
        Vector128<float> factor,
        Span<float> row)
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
                sum = Vector256.FusedMultiplyAdd(
                    Vector256.LoadUnsafe(ref pixel, (nuint)k), Vector256.LoadUnsafe(ref weight, (nuint)k), sum);
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
