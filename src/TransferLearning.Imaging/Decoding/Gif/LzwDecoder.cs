namespace TransferLearning.Imaging.Decoding.Gif;

/// <summary>Decodes GIF's variant of LZW (Welch, 1984), a row at a time: codes of up to 12 bits, a clear code, an end code.</summary>
internal ref struct LzwDecoder
{
    private const int MaxCodes = 4096;

    // The string of a code is the string of another code (its prefix) and one more index.
    private readonly short[] _prefix = new short[MaxCodes];
    private readonly byte[] _suffix = new byte[MaxCodes];
    private readonly short[] _length = new short[MaxCodes];
    private readonly int _minimumSize;
    private readonly int _pixels;

    // The part of a string that did not fit into the last row.
    private readonly byte[] _rest = new byte[MaxCodes];
    private int _restStart;
    private int _restEnd;

    private GifBitReader _reader;
    private int _next;
    private int _size;
    private int _previous;
    private int _done;

    /// <summary>Starts at the first code of a frame.</summary>
    /// <param name="reader">The codes.</param>
    /// <param name="minimumSize">Bits per index, 2..8 (some encoders write 1).</param>
    /// <param name="pixels">The number of pixels of the frame.</param>
    public LzwDecoder(GifBitReader reader, int minimumSize, int pixels)
    {
        _reader = reader;
        (_minimumSize, _pixels) = (minimumSize, pixels);
        for (int i = 0; i < 1 << minimumSize; i++)
        {
            (_prefix[i], _suffix[i], _length[i]) = (-1, (byte)i, 1);
        }

        Clear();
    }

    /// <summary>Decodes the next indices of the frame, until the span is full.</summary>
    public void Read(Span<byte> indices)
    {
        int done = Math.Min(_restEnd - _restStart, indices.Length);
        _rest.AsSpan(_restStart, done).CopyTo(indices);
        _restStart += done;
        int clear = 1 << _minimumSize;
        while (done < indices.Length)
        {
            int code = _reader.Read(_size);
            if (code == clear)
            {
                Clear();
                continue;
            }

            if (code == clear + 1 || code > _next || (code == _next && _previous < 0) || (code >= clear && _previous < 0))
            {
                throw Invalid(code, _done + done);
            }

            if (_previous >= 0 && _next < MaxCodes)
            {
                // The new string ends with the first index of the current one, which may be the new string itself.
                (_prefix[_next], _length[_next]) = ((short)_previous, (short)(_length[_previous] + 1));
                _suffix[_next] = FirstOf(code == _next ? _previous : code);
                _next++;
                if (_next == 1 << _size && _size < 12)
                {
                    _size++;
                }
            }
            else if (code == _next)
            {
                throw Invalid(code, _done + done);
            }

            done += Write(code, indices[done..]);
            _previous = code;
        }

        _done += done;
    }

    private void Clear() => (_next, _size, _previous) = ((1 << _minimumSize) + 2, _minimumSize + 1, -1);

    private readonly InvalidImageException Invalid(int code, int done) =>
        new($"GIF: the code {code} is invalid after {done} of {_pixels} pixels; the file is damaged");

    private readonly byte FirstOf(int code)
    {
        while (_prefix[code] >= 0)
        {
            code = _prefix[code];
        }

        return _suffix[code];
    }

    // Writes the string of a code, from its end, and keeps what is beyond the row.
    private int Write(int code, Span<byte> target)
    {
        int count = _length[code];
        (_restStart, _restEnd) = (0, Math.Max(count - target.Length, 0));
        for (int i = count - 1; i >= 0; i--, code = _prefix[code])
        {
            if (i < target.Length)
            {
                target[i] = _suffix[code];
            }
            else
            {
                _rest[i - target.Length] = _suffix[code];
            }
        }

        return Math.Min(count, target.Length);
    }
}
