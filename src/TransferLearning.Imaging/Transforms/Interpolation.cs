namespace TransferLearning.Imaging.Transforms;

/// <summary>How pixels are computed from others when an image is resized. Both are antialiased, as Pillow's are.</summary>
public enum Interpolation
{
    /// <summary>Weights in the form of a triangle.</summary>
    Bilinear,

    /// <summary>
    /// Cubic convolution with a = -0.5 (Keys, "Cubic convolution interpolation for digital image processing", 1981): sharper than
    /// <see cref="Bilinear"/>. Results are limited to 0..255.
    /// </summary>
    Bicubic,
}
