using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>All 64 coefficients of a block.</summary>
internal readonly ref struct FullCoefficients : ICoefficientBlock<FullCoefficients>
{
    private readonly Span<short> _block;

    private FullCoefficients(Span<short> block) => _block = block;

    /// <inheritdoc />
    public static FullCoefficients Of(JpegComponent component, int row, int column) =>
        new(component.Coefficients.AsSpan(((row * component.PaddedBlocksWide) + column) * 64, 64));

    /// <inheritdoc />
    public bool IsZero(int k) => _block[ZigZag.ToNatural[k]] == 0;

    /// <inheritdoc />
    public void Set(int k, int value) => _block[ZigZag.ToNatural[k]] = (short)value;

    /// <inheritdoc />
    public void RefineDc(int bit) => _block[0] |= (short)bit;

    /// <inheritdoc />
    public void Correct(int k, int bit)
    {
        ref short coefficient = ref _block[ZigZag.ToNatural[k]];
        if ((coefficient & bit) == 0)
        {
            coefficient += (short)(coefficient > 0 ? bit : -bit);
        }
    }
}
