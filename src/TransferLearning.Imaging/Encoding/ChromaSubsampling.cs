namespace TransferLearning.Imaging.Encoding;

/// <summary>The resolution of the color samples of a JPEG file.</summary>
internal enum ChromaSubsampling
{
    /// <summary>One sample per pixel.</summary>
    None,

    /// <summary>4:2:0: one sample per 2 x 2 pixels.</summary>
    Halved,
}
