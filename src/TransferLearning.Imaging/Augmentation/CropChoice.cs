namespace TransferLearning.Imaging.Augmentation;

/// <summary>The part of an image that a view shows.</summary>
internal readonly record struct CropChoice(int Left, int Top, int Width, int Height)
{
    /// <summary>Chooses area, aspect ratio and place.</summary>
    public static CropChoice Of(int width, int height, double minArea, double maxAspectChange, ref ViewRandom random)
    {
        double area = random.Next(minArea, 1), change = Math.Sqrt(Math.Exp(random.Next(-1, 1) * Math.Log(maxAspectChange)));
        double scale = Math.Sqrt(area);
        int cropWidth = Math.Clamp((int)Math.Round(width * scale * change), 1, width);
        int cropHeight = Math.Clamp((int)Math.Round(height * scale / change), 1, height);
        int left = (int)(random.Next() * (width - cropWidth + 1)), top = (int)(random.Next() * (height - cropHeight + 1));
        return new CropChoice(left, top, cropWidth, cropHeight);
    }

    /// <summary>Copies the pixels, mirrored left to right or not.</summary>
    public byte[] Copy(RgbImage image, bool flips)
    {
        byte[] pixels = GC.AllocateUninitializedArray<byte>(Width * Height * 3);
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<byte> source = image.Pixels.Slice((((Top + y) * image.Width) + Left) * 3, Width * 3);
            Span<byte> target = pixels.AsSpan(y * Width * 3, Width * 3);
            if (!flips)
            {
                source.CopyTo(target);
                continue;
            }

            for (int x = 0; x < Width; x++)
            {
                source.Slice(x * 3, 3).CopyTo(target[((Width - 1 - x) * 3)..]);
            }
        }

        return pixels;
    }
}
