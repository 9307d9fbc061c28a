using TransferLearning.Imaging.Decoding.Jpeg.Entropy;

namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>A scan header's content: which components, with which codes, and which part of their coefficients.</summary>
internal sealed record JpegScan(JpegComponent[] Components, HuffmanTable?[] DcTables, HuffmanTable?[] AcTables)
{
    /// <summary>First coefficient, in zigzag order.</summary>
    public int SpectralStart { get; init; }

    /// <summary>Last coefficient, in zigzag order.</summary>
    public int SpectralEnd { get; init; } = 63;

    /// <summary>Bit position of the scan before this one of the same coefficients; 0 in the first.</summary>
    public int PreviousBit { get; init; }

    /// <summary>Bit position this scan refines to.</summary>
    public int Bit { get; init; }

    /// <summary>MCUs between restart markers; 0 without.</summary>
    public int RestartInterval { get; init; }
}
