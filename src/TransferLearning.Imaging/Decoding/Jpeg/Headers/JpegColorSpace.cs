namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>The meaning of the components of a frame.</summary>
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

    /// <summary>YCbCr of the inverted cyan, magenta and yellow; and black.</summary>
    Ycck,
}
