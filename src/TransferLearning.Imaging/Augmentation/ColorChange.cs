namespace TransferLearning.Imaging.Augmentation;

/// <summary>Factors of brightness, of contrast around the mean brightness, and of saturation, in this order.</summary>
internal readonly record struct ColorChange(double Brightness, double Contrast, double Saturation)
{
    // The weights of ITU-R BT.601, as in JPEG.
    private const float Red = 0.299f, Green = 0.587f, Blue = 0.114f;

    public void Apply(Span<byte> pixels)
    {
        if (this == new ColorChange(1, 1, 1))
        {
            return;
        }

        float brightness = (float)Brightness, contrast = (float)Contrast, saturation = (float)Saturation;
        float mean = brightness * (float)MeanBrightness(pixels);
        for (int i = 0; i < pixels.Length; i += 3)
        {
            float r = Contrasted(pixels[i]), g = Contrasted(pixels[i + 1]), b = Contrasted(pixels[i + 2]);
            float gray = (Red * r) + (Green * g) + (Blue * b);
            pixels[i] = ToByte(gray + (saturation * (r - gray)));
            pixels[i + 1] = ToByte(gray + (saturation * (g - gray)));
            pixels[i + 2] = ToByte(gray + (saturation * (b - gray)));
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
