namespace TransferLearning.Imaging.Augmentation;

/// <summary>A rectangle of a view that is replaced by the view's mean color.</summary>
internal readonly record struct ErasedRectangle(int Left, int Top, int Width, int Height)
{
    private const double MinArea = 0.02, MaxArea = 0.2, MaxAspect = 3;

    public static ErasedRectangle Of(int width, int height, ref ViewRandom random)
    {
        double area = random.Next(MinArea, MaxArea) * width * height;
        double aspect = Math.Exp(random.Next(-1, 1) * Math.Log(MaxAspect));
        int erasedWidth = Math.Clamp((int)Math.Round(Math.Sqrt(area * aspect)), 1, width);
        int erasedHeight = Math.Clamp((int)Math.Round(Math.Sqrt(area / aspect)), 1, height);
        int left = (int)(random.Next() * (width - erasedWidth + 1)), top = (int)(random.Next() * (height - erasedHeight + 1));
        return new ErasedRectangle(left, top, erasedWidth, erasedHeight);
    }

    /// <param name="pixels">[height, width, 3], changed in place.</param>
    /// <param name="imageWidth">The number of columns.</param>
    public void Erase(Span<byte> pixels, int imageWidth)
    {
        long r = 0, g = 0, b = 0;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            (r, g, b) = (r + pixels[i], g + pixels[i + 1], b + pixels[i + 2]);
        }

        int count = pixels.Length / 3;
        ReadOnlySpan<byte> mean = [(byte)(r / count), (byte)(g / count), (byte)(b / count)];
        for (int y = Top; y < Top + Height; y++)
        {
            for (int x = Left; x < Left + Width; x++)
            {
                mean.CopyTo(pixels[(((y * imageWidth) + x) * 3)..]);
            }
        }
    }
}
