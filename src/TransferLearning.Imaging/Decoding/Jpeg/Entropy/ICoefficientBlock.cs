using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>
/// The coefficients of a block of a progressive file between its scans, by their index in zigzag order. Implemented by structs, so that the
/// JIT compiles a decoder for each.
/// </summary>
/// <typeparam name="TSelf">The implementation.</typeparam>
internal interface ICoefficientBlock<TSelf>
    where TSelf : struct, ICoefficientBlock<TSelf>, allows ref struct
{
    /// <summary>The block at a component's block row and column.</summary>
    static abstract TSelf Of(JpegComponent component, int row, int column);

    /// <summary>Whether a coefficient is 0 so far.</summary>
    bool IsZero(int k);

    /// <summary>Sets a coefficient.</summary>
    void Set(int k, int value);

    /// <summary>Sets a bit of the first coefficient.</summary>
    void RefineDc(int bit);

    /// <summary>Moves a coefficient that is not 0 away from it by one bit, unless it has that bit.</summary>
    void Correct(int k, int bit);
}
