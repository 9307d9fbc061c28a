namespace TransferLearning.Imaging.Decoding.Bmp;

/// <summary>How pixels are stored, as the header says it.</summary>
internal enum BmpCompression : uint
{
    /// <summary>As they are.</summary>
    None = 0,

    /// <summary>Runs of 8-bit indices.</summary>
    RunLength8 = 1,

    /// <summary>Runs of 4-bit indices.</summary>
    RunLength4 = 2,

    /// <summary>As they are, with masks for red, green and blue.</summary>
    BitFields = 3,

    /// <summary>As they are, with masks for red, green, blue and opacity.</summary>
    AlphaBitFields = 6,
}
