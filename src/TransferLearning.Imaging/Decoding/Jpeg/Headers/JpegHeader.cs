namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>The content of the application markers.</summary>
internal sealed class JpegHeader
{
    /// <summary>True if the file has a JFIF marker.</summary>
    public bool IsJfif { get; set; }

    /// <summary>The color transform in Adobe's marker; null without such a marker.</summary>
    public int? AdobeTransform { get; set; }

    /// <summary>The EXIF orientation, 1..8.</summary>
    public int Orientation { get; set; } = 1;

    /// <summary>The meaning of the components: by JFIF's marker, else by Adobe's, else by their identifiers.</summary>
    public JpegColorSpace ColorSpaceOf(JpegComponent[] components) => components.Length switch
    {
        1 => JpegColorSpace.Gray,
        3 when IsJfif => JpegColorSpace.YCbCr,
        3 when AdobeTransform is { } transform => transform == 0 ? JpegColorSpace.Rgb : JpegColorSpace.YCbCr,
        3 when components[0].Id == 'R' && components[1].Id == 'G' && components[2].Id == 'B' => JpegColorSpace.Rgb,
        3 => JpegColorSpace.YCbCr,
        4 when AdobeTransform == 2 => JpegColorSpace.Ycck,
        4 => JpegColorSpace.Cmyk,
        _ => throw JpegError.Unsupported($"an image of {components.Length} components"),
    };
}
