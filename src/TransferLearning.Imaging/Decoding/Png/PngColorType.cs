namespace TransferLearning.Imaging.Decoding.Png;

/// <summary>The channels of a pixel: values of the header field.</summary>
internal enum PngColorType
{
    /// <summary>One gray value.</summary>
    Gray = 0,

    /// <summary>Red, green, blue.</summary>
    Rgb = 2,

    /// <summary>An index into the palette.</summary>
    Palette = 3,

    /// <summary>Gray and opacity.</summary>
    GrayAlpha = 4,

    /// <summary>Red, green, blue and opacity.</summary>
    Rgba = 6,
}
