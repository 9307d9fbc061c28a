namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>What a frame's components mean.</summary>
internal enum JpegColorSpace
{
    /// <summary>One component.</summary>
    Gray,

    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Luma and two color differences.</summary>
    YCbCr,

    /// <summary>Cyan, magenta, yellow, black.</summary>
    Cmyk,

    /// <summary>YCbCr of the inverse of cyan, magenta and yellow; and black.</summary>
    Ycck,
}
