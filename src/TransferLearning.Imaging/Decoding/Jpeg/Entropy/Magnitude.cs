using System.Runtime.CompilerServices;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>Signed values in a given number of bits (T.81, F.2.2.1).</summary>
internal static class Magnitude
{
    /// <summary>The value of <paramref name="size"/> bits (1..16): bits that start with 0 are a negative value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Extend(int bits, int size) => bits + (((bits >> (size - 1)) - 1) & (1 - (1 << size)));
}
