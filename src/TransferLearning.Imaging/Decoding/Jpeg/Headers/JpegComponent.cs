namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>One color component of a frame: its sampling, its samples and, in a progressive file, its coefficients.</summary>
internal sealed class JpegComponent
{
    /// <summary>The identifier by which scans refer to it.</summary>
    public required byte Id { get; init; }

    /// <summary>Blocks per row of an MCU, 1..4.</summary>
    public required int HorizontalSampling { get; init; }

    /// <summary>Rows of blocks of an MCU, 1..4.</summary>
    public required int VerticalSampling { get; init; }

    /// <summary>The index of the quantization table, 0..3.</summary>
    public required int QuantizationIndex { get; init; }

    /// <summary>Samples per row of a block: 8; at a reduced size 8, 4, 2 or 1.</summary>
    public int BlockWidth { get; set; } = 8;

    /// <summary>Rows of samples of a block: 8; at a reduced size 8, 4, 2 or 1.</summary>
    public int BlockHeight { get; set; } = 8;

    /// <summary>Samples per row that belong to the image; the rest up to <see cref="Stride"/> is padding.</summary>
    public int Width { get; set; }

    /// <summary>Rows that belong to the image.</summary>
    public int Height { get; set; }

    /// <summary>Blocks per row in a scan of this component alone.</summary>
    public int BlocksWide { get; set; }

    /// <summary>Rows of blocks in a scan of this component alone.</summary>
    public int BlocksHigh { get; set; }

    /// <summary>Blocks per row, padded to whole MCUs.</summary>
    public int PaddedBlocksWide { get; set; }

    /// <summary>Rows of blocks, padded to whole MCUs.</summary>
    public int PaddedBlocksHigh { get; set; }

    /// <summary>The distance from one row to the next, in samples.</summary>
    public int Stride { get; set; }

    /// <summary>[PaddedBlocksHigh * BlockHeight, Stride]; rented.</summary>
    public byte[] Samples { get; set; } = [];

    /// <summary>
    /// [PaddedBlocksHigh, PaddedBlocksWide, BlockHeight, BlockWidth], not yet multiplied by the quantization table; rented. Empty for
    /// sequential files.
    /// </summary>
    public short[] Coefficients { get; set; } = [];

    /// <summary>
    /// [PaddedBlocksHigh, PaddedBlocksWide]: a bit for each coefficient of a block, in zigzag order, that is set by a scan. Empty for
    /// sequential files, and at full size.
    /// </summary>
    public ulong[] IsCoefficientSet { get; set; } = [];

    /// <summary>The quantization table in force at the component's first scan, in zigzag order; null before that scan.</summary>
    public ushort[]? Quantization { get; set; }

    /// <summary>The prediction of the next DC coefficient.</summary>
    public int DcPrediction { get; set; }
}
