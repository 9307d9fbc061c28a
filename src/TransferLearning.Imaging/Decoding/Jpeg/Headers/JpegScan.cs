using TransferLearning.Imaging.Decoding.Jpeg.Entropy;

namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>The content of a scan header: the components, their Huffman codes, and the part of their coefficients.</summary>
internal sealed record JpegScan(JpegComponent[] Components, HuffmanTable?[] DcTables, HuffmanTable?[] AcTables)
{
    /// <summary>The first coefficient, in zigzag order.</summary>
    public int SpectralStart { get; init; }

    /// <summary>The last coefficient, in zigzag order.</summary>
    public int SpectralEnd { get; init; } = 63;

    /// <summary>The bit position of the previous scan of the same coefficients; 0 in their first scan.</summary>
    public int PreviousBit { get; init; }

    /// <summary>The bit position that this scan refines the coefficients to.</summary>
    public int Bit { get; init; }

    /// <summary>The number of MCUs between restart markers; 0 for no such markers.</summary>
    public int RestartInterval { get; init; }
}
