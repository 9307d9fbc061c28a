namespace TransferLearning.Imaging.Augmentation;

/// <summary>
/// Factors of brightness, of contrast around the mean brightness, and of saturation; then a rotation of the plane of Cb and Cr, in turns.
/// They are applied in this order.
/// </summary>
internal readonly record struct ColorChange(double Brightness, double Contrast, double Saturation, double Hue)
{
    // The weights of ITU-R BT.601, as in JPEG.
    private const float Red = 0.299f, Green = 0.587f, Blue = 0.114f;

    // Cr is the difference of red to gray over the first of these, and Cb is that of blue over the second.
    private const float CrScale = 2 * (1 - Red), CbScale = 2 * (1 - Blue);

    public void Apply(Span<byte> pixels)
    {
        if (this == new ColorChange(1, 1, 1, 0))
        {
            return;
        }

        (float sine, float cosine) = MathF.SinCos((float)(2 * Math.PI * Hue));
        float brightness = (float)Brightness, contrast = (float)Contrast, saturation = (float)Saturation;
        float mean = brightness * (float)MeanBrightness(pixels);
        for (int i = 0; i < pixels.Length; i += 3)
        {
            float r = Contrasted(pixels[i]), g = Contrasted(pixels[i + 1]), b = Contrasted(pixels[i + 2]);
            float gray = (Red * r) + (Green * g) + (Blue * b);
            (r, g, b) = (gray + (saturation * (r - gray)), gray + (saturation * (g - gray)), gray + (saturation * (b - gray)));
            if (Hue != 0)
            {
                float cr = (r - gray) / CrScale, cb = (b - gray) / CbScale;
                r = gray + (CrScale * ((cosine * cr) + (sine * cb)));
                b = gray + (CbScale * ((cosine * cb) - (sine * cr)));
                g = (gray - (Red * r) - (Blue * b)) / Green;
            }

            (pixels[i], pixels[i + 1], pixels[i + 2]) = (ToByte(r), ToByte(g), ToByte(b));
        }

        float Contrasted(byte value) => mean + (contrast * ((brightness * value) - mean));
    }

    private static double MeanBrightness(ReadOnlySpan<byte> pixels)
    {
        long r = 0, g = 0, b = 0;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            (r, g, b) = (r + pixels[i], g + pixels[i + 1], b + pixels[i + 2]);
        }

        return ((Red * r) + (Green * g) + (Blue * b)) / (pixels.Length / 3);
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
