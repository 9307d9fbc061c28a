using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TransferLearning.Imaging.Transforms;

/// <summary>
/// The inputs that pixel values 0 and 255 become, for a row of pixels. Bicubic weights may be negative, so that their sums leave this
/// range; Pillow limits them too. Immutable.
/// </summary>
internal sealed class PixelLimits
{
    private readonly float[] _low;
    private readonly float[] _high;

    /// <summary>Computes the limits.</summary>
    /// <param name="factor">The factor of each channel: red, green, blue.</param>
    /// <param name="offsets">[pixels, 3]: what is added to the product of pixel value and factor.</param>
    public PixelLimits(Vector128<float> factor, ReadOnlySpan<float> offsets)
    {
        _low = new float[offsets.Length];
        _high = new float[offsets.Length];
        for (int i = 0; i < offsets.Length; i++)
        {
            float black = offsets[i], white = offsets[i] + (255 * factor[i % 3]);
            (_low[i], _high[i]) = (Math.Min(black, white), Math.Max(black, white));
        }
    }

    /// <summary>Limits a row of the same length.</summary>
    public void Apply(Span<float> row)
    {
        ref float values = ref MemoryMarshal.GetReference(row);
        ref float low = ref MemoryMarshal.GetArrayDataReference(_low);
        ref float high = ref MemoryMarshal.GetArrayDataReference(_high);
        int i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256.Min(
                Vector256.Max(Vector256.LoadUnsafe(ref values, (nuint)i), Vector256.LoadUnsafe(ref low, (nuint)i)),
                Vector256.LoadUnsafe(ref high, (nuint)i)).StoreUnsafe(ref values, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            row[i] = Math.Min(Math.Max(row[i], _low[i]), _high[i]);
        }
    }
}
