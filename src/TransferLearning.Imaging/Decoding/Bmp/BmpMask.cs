using System.Numerics;

namespace TransferLearning.Imaging.Decoding.Bmp;

/// <summary>Extracts the bits of one channel from a pixel and scales them to 0..255.</summary>
internal readonly struct BmpMask
{
    private readonly uint _mask;
    private readonly int _shift;
    private readonly uint _top;

    public BmpMask(uint mask)
    {
        _mask = mask;
        _shift = mask == 0 ? 0 : BitOperations.TrailingZeroCount(mask);
        _top = mask >> _shift;
    }

    /// <summary>True if the pixels do not have the channel.</summary>
    public bool IsEmpty => _mask == 0;

    /// <summary>The value of the channel, 0..255.</summary>
    public int Of(uint pixel) => _top == 0 ? 0 : (int)((((ulong)((pixel & _mask) >> _shift) * 255) + (_top / 2)) / _top);
}
