namespace TransferLearning.Imaging.Decoding.Bmp;

/// <summary>How pixels are stored: values of the header field.</summary>
internal enum BmpCompression : uint
{
    /// <summary>Uncompressed.</summary>
    None = 0,

    /// <summary>Runs of 8-bit indices.</summary>
    RunLength8 = 1,

    /// <summary>Runs of 4-bit indices.</summary>
    RunLength4 = 2,

    /// <summary>Uncompressed, with masks for red, green and blue.</summary>
    BitFields = 3,

    /// <summary>Uncompressed, with masks for red, green, blue and opacity.</summary>
    AlphaBitFields = 6,
}
