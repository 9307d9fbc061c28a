namespace TransferLearning.Imaging.Decoding;

/// <summary>
/// Collects the rows of an image, in any order, at full or reduced size. At a reduced size, only the sums of squares of pixels are kept.
/// </summary>
internal sealed class PixelRows
{
    private readonly int _fullWidth;
    private readonly int _fullHeight;
    private readonly int _reduction;

    // [Height, Width, 3]: the pixels, or the sums of up to 8 x 8 values, which 16 bits hold.
    private readonly byte[] _pixels;
    private readonly ushort[] _sums;
    private readonly byte[] _row;

    /// <param name="width">Columns of the file.</param>
    /// <param name="height">Rows of the file.</param>
    /// <param name="reduction">1, 2, 4 or 8.</param>
    public PixelRows(int width, int height, int reduction)
    {
        (_fullWidth, _fullHeight, _reduction) = (width, height, reduction);
        (Width, Height) = (Reduced(width, reduction), Reduced(height, reduction));
        _pixels = reduction == 1 ? GC.AllocateUninitializedArray<byte>(checked(width * height * 3)) : [];
        _sums = reduction == 1 ? [] : new ushort[checked(Width * Height * 3)];
        _row = reduction == 1 ? [] : new byte[width * 3];
    }

    /// <summary>Columns of the result.</summary>
    public int Width { get; }

    /// <summary>Rows of the result.</summary>
    public int Height { get; }

    /// <summary>The length of a side of a reduced image.</summary>
    public static int Reduced(int side, int reduction) => (side + reduction - 1) / reduction;

    /// <summary>The memory for the rows and pixels of an image.</summary>
    public static DecodingEstimate Estimate(int width, int height, int reduction)
    {
        long pixels = (long)Reduced(width, reduction) * Reduced(height, reduction);
        return new DecodingEstimate(width, height, reduction, (pixels * (reduction == 1 ? 3 : 9)) + (width * 16L));
    }

    /// <summary>[full width, 3]: the memory for a row, which <see cref="Complete"/> then takes.</summary>
    public Span<byte> Row(int y) => _reduction == 1 ? _pixels.AsSpan(y * _fullWidth * 3, _fullWidth * 3) : _row;

    /// <summary>Takes all pixels of a row of the file, once, from <see cref="Row"/>.</summary>
    public void Complete(int y)
    {
        if (_reduction == 1)
        {
            return;
        }

        Span<ushort> sums = SumsOf(y);
        for (int x = 0, square = 0; square < sums.Length; square += 3)
        {
            (int red, int green, int blue) = (0, 0, 0);
            for (int end = Math.Min(x + (_reduction * 3), _row.Length); x < end; x += 3)
            {
                red += _row[x];
                green += _row[x + 1];
                blue += _row[x + 2];
            }

            sums[square] += (ushort)red;
            sums[square + 1] += (ushort)green;
            sums[square + 2] += (ushort)blue;
        }
    }

    /// <summary>Takes some pixels of a row of the file, each once.</summary>
    /// <param name="y">The row.</param>
    /// <param name="firstColumn">The column of the first pixel.</param>
    /// <param name="columnStep">The distance from one pixel to the next.</param>
    /// <param name="rgb">The pixels, [count, 3].</param>
    public void Add(int y, int firstColumn, int columnStep, ReadOnlySpan<byte> rgb)
    {
        Span<ushort> sums = SumsOf(y);
        for (int i = 0, x = firstColumn; i < rgb.Length; i += 3, x += columnStep)
        {
            int square = x / _reduction * 3;
            sums[square] += rgb[i];
            sums[square + 1] += rgb[i + 1];
            sums[square + 2] += rgb[i + 2];
        }
    }

    /// <summary>[Height, Width, 3].</summary>
    public byte[] ToPixels()
    {
        if (_reduction == 1)
        {
            return _pixels;
        }

        byte[] pixels = GC.AllocateUninitializedArray<byte>(_sums.Length);
        for (int y = 0, i = 0; y < Height; y++)
        {
            int rows = Math.Min(_reduction, _fullHeight - (y * _reduction));
            for (int x = 0; x < Width; x++, i += 3)
            {
                int count = rows * Math.Min(_reduction, _fullWidth - (x * _reduction));
                int half = count / 2;
                pixels[i] = (byte)((_sums[i] + half) / count);
                pixels[i + 1] = (byte)((_sums[i + 1] + half) / count);
                pixels[i + 2] = (byte)((_sums[i + 2] + half) / count);
            }
        }

        return pixels;
    }

    private Span<ushort> SumsOf(int y) => _sums.AsSpan(y / _reduction * Width * 3, Width * 3);
}
