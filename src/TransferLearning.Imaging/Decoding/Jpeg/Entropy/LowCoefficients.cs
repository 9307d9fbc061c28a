using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>
/// The low frequencies of a block, as many as it has samples at a reduced size. Of the others, only whether they are 0 is
/// kept, as the bits of later scans depend on it.
/// </summary>
internal readonly ref struct LowCoefficients : ICoefficientBlock<LowCoefficients>
{
    private readonly Span<short> _kept;
    private readonly ref ulong _isSet;
    private readonly int _width;

    private LowCoefficients(Span<short> kept, ref ulong isSet, int width)
    {
        _kept = kept;
        _width = width;
        _isSet = ref isSet;
    }

    /// <inheritdoc />
    public static LowCoefficients Of(JpegComponent component, int row, int column)
    {
        int block = (row * component.PaddedBlocksWide) + column;
        int count = component.BlockWidth * component.BlockHeight;
        return new LowCoefficients(
            component.Coefficients.AsSpan(block * count, count), ref component.IsCoefficientSet[block], component.BlockWidth);
    }

    /// <inheritdoc />
    public bool IsZero(int k) => ((_isSet >> k) & 1) == 0;

    /// <inheritdoc />
    public void Set(int k, int value)
    {
        ulong bit = 1UL << k;
        _isSet = (short)value == 0 ? _isSet & ~bit : _isSet | bit;
        if (Find(k) is >= 0 and int kept)
        {
            _kept[kept] = (short)value;
        }
    }

    /// <inheritdoc />
    public void RefineDc(int bit) => _kept[0] |= (short)bit;

    /// <inheritdoc />
    public void Correct(int k, int bit)
    {
        if (Find(k) is not (>= 0 and int kept))
        {
            return;
        }

        ref short coefficient = ref _kept[kept];
        if ((coefficient & bit) == 0)
        {
            coefficient += (short)(coefficient > 0 ? bit : -bit);
        }
    }

    // The position in the kept coefficients, which are in rows; -1 for others.
    private int Find(int k)
    {
        int natural = ZigZag.ToNatural[k];
        (int row, int column) = (natural >> 3, natural & 7);
        return column < _width && row * _width < _kept.Length ? (row * _width) + column : -1;
    }
}
