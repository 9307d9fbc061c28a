namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>One color component of a frame: its sampling, its samples and, in a progressive file, its coefficients.</summary>
internal sealed class JpegComponent
{
    /// <summary>Identifier that scans name it by.</summary>
    public required byte Id { get; init; }

    /// <summary>Blocks a row of an MCU, 1..4.</summary>
    public required int HorizontalSampling { get; init; }

    /// <summary>Rows of blocks of an MCU, 1..4.</summary>
    public required int VerticalSampling { get; init; }

    /// <summary>Which quantization table, 0..3.</summary>
    public required int QuantizationIndex { get; init; }

    /// <summary>Samples a row that carry image; the rest up to <see cref="Stride"/> is padding.</summary>
    public int Width { get; set; }

    /// <summary>Rows that carry image.</summary>
    public int Height { get; set; }

    /// <summary>Blocks a row of a scan of this component alone.</summary>
    public int BlocksWide { get; set; }

    /// <summary>Rows of blocks of a scan of this component alone.</summary>
    public int BlocksHigh { get; set; }

    /// <summary>Blocks a row with the padding to whole MCUs.</summary>
    public int PaddedBlocksWide { get; set; }

    /// <summary>Rows of blocks with the padding to whole MCUs.</summary>
    public int PaddedBlocksHigh { get; set; }

    /// <summary>Samples from a row to the next.</summary>
    public int Stride => PaddedBlocksWide * 8;

    /// <summary>[PaddedBlocksHigh * 8, Stride]; rented.</summary>
    public byte[] Samples { get; set; } = [];

    /// <summary>[PaddedBlocksHigh, PaddedBlocksWide, 64], row by row in a block, not yet multiplied by the quantization table; rented; progressive files only.</summary>
    public short[] Coefficients { get; set; } = [];

    /// <summary>The quantization table in zigzag order as it stood at the component's first scan, or null before it.</summary>
    public ushort[]? Quantization { get; set; }

    /// <summary>Prediction of the next DC coefficient.</summary>
    public int DcPrediction { get; set; }
}
