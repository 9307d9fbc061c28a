namespace TransferLearning.Imaging.Encoding;

/// <summary>Writes the bits of a scan, most significant first, with a 0 byte stuffed after every FF.</summary>
internal sealed class JpegBitWriter(MemoryStream file)
{
    private uint _bits;
    private int _count;

    /// <summary>Writes up to 16 bits.</summary>
    public void Write(int bits, int count)
    {
        _bits = (_bits << count) | ((uint)bits & ((1u << count) - 1));
        _count += count;
        while (_count >= 8)
        {
            _count -= 8;
            byte value = (byte)(_bits >> _count);
            file.WriteByte(value);
            if (value == 0xFF)
            {
                file.WriteByte(0);
            }
        }
    }

    /// <summary>Fills the last byte with ones, and writes it.</summary>
    public void Flush()
    {
        if (_count > 0)
        {
            Write(0xFF, 8 - _count);
        }
    }
}
