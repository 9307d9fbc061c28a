namespace TransferLearning.Imaging.Encoding;

/// <summary>How many color samples a JPEG file keeps.</summary>
internal enum ChromaSubsampling
{
    /// <summary>One for every pixel.</summary>
    None,

    /// <summary>4:2:0: one for every 2 x 2 pixels.</summary>
    Halved,
}
