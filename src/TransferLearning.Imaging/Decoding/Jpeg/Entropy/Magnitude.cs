using System.Runtime.CompilerServices;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>How signed values are stored in a given number of bits (T.81, F.2.2.1).</summary>
internal static class Magnitude
{
    /// <summary>The value that <paramref name="size"/> bits (1..16) stand for: those that start with 0 are negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Extend(int bits, int size) => bits + (((bits >> (size - 1)) - 1) & (1 - (1 << size)));
}
