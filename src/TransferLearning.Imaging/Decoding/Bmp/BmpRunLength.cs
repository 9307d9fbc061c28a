namespace TransferLearning.Imaging.Decoding.Bmp;

/// <summary>Expands run-length coded indices, row by row. Pixels that the data skips keep the index 0.</summary>
internal ref struct BmpRunLength
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly BmpHeader _header;
    private readonly bool _small;
    private int _position;
    private int _x;
    private int _y;
    private bool _ended;

    public BmpRunLength(ReadOnlySpan<byte> data, BmpHeader header)
    {
        _data = data;
        (_header, _position) = (header, header.PixelOffset);
        _small = header.Compression == BmpCompression.RunLength4;
    }

    /// <summary>Expands a row.</summary>
    /// <param name="row">The number of the row in the order of the file; one more than in the call before.</param>
    /// <param name="indices">[Width]: receives the indices.</param>
    public void Expand(int row, Span<byte> indices)
    {
        indices.Clear();
        while (!_ended && _y == row)
        {
            Step(indices);
        }
    }

    /// <summary>Reads the rest of the data, which must have no further row.</summary>
    public void End()
    {
        while (!_ended)
        {
            Step([]);
        }
    }

    private void Step(Span<byte> indices)
    {
        BmpHeader.Require(_data, _position + 2L, "a run of pixels");
        (byte count, byte value) = (_data[_position], _data[_position + 1]);
        _position += 2;
        if (count > 0)
        {
            for (int i = 0; i < count; i++)
            {
                Put(indices, _small ? Nibble(value, i) : value);
            }
        }
        else if (value == 0)
        {
            (_x, _y) = (0, _y + 1);
        }
        else if (value == 1)
        {
            _ended = true;
        }
        else if (value == 2)
        {
            BmpHeader.Require(_data, _position + 2L, "a step");
            (_x, _y) = (_x + _data[_position], _y + _data[_position + 1]);
            _position += 2;
        }
        else
        {
            int bytes = _small ? (value + 1) / 2 : value;
            BmpHeader.Require(_data, _position + (long)bytes, "a row of pixels");
            for (int i = 0; i < value; i++)
            {
                Put(indices, _small ? Nibble(_data[_position + (i / 2)], i) : _data[_position + i]);
            }

            // Padded to an even number of bytes.
            _position += bytes + (bytes & 1);
        }
    }

    private static byte Nibble(byte pair, int i) => (byte)((i & 1) == 0 ? pair >> 4 : pair & 15);

    private void Put(Span<byte> indices, byte value)
    {
        if (_y >= _header.Height)
        {
            throw new InvalidImageException(
                $"BMP: there are more than {_header.Height} rows of pixels at byte {_position}; the file is damaged");
        }

        // Some encoders end a row of odd width with a whole byte, that is, two pixels.
        if (_x < indices.Length)
        {
            indices[_x] = value;
        }

        _x++;
    }
}
