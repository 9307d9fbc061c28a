namespace TransferLearning.Imaging.Decoding.Gif;

/// <summary>Reads codes of variable length, least significant bit first, from a chain of sub-blocks.</summary>
internal ref struct GifBitReader
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private int _blockEnd;
    private uint _bits;
    private int _count;

    /// <summary>Starts at the length byte of the first sub-block.</summary>
    public GifBitReader(ReadOnlySpan<byte> data, int position)
    {
        _data = data;
        _position = position;
        _blockEnd = position;
    }

    /// <summary>Reads a code of up to 12 bits.</summary>
    public int Read(int size)
    {
        while (_count < size)
        {
            _bits |= (uint)NextByte() << _count;
            _count += 8;
        }

        int code = (int)(_bits & ((1u << size) - 1));
        _bits >>= size;
        _count -= size;
        return code;
    }

    private byte NextByte()
    {
        if (_position == _blockEnd)
        {
            if (_position >= _data.Length)
            {
                throw GifDecoder.Truncated(_data.Length, "the last pixel");
            }

            byte length = _data[_position++];
            if (length == 0)
            {
                throw new InvalidImageException(
                    $"GIF: the pixels of the first frame end too early at byte {_position}; the file is damaged");
            }

            _blockEnd = _position + length;
        }

        return _position < _data.Length ? _data[_position++] : throw GifDecoder.Truncated(_data.Length, "the last pixel");
    }
}
