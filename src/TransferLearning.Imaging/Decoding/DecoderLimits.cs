namespace TransferLearning.Imaging.Decoding;

/// <summary>What a decoder refuses, so that a hostile header cannot allocate gigabytes. Immutable.</summary>
internal sealed record DecoderLimits
{
    /// <summary>256 megapixels.</summary>
    public static DecoderLimits Default { get; } = new();

    /// <summary>The largest number of pixels of one image.</summary>
    public long MaxPixels { get; init; } = 256L * 1024 * 1024;

    /// <summary>Throws when a header's size is empty or above the limit.</summary>
    public void Check(string format, long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw new InvalidImageException($"{format}: the header says {width} x {height} pixels; both must be at least 1");
        }

        if (width > MaxPixels / height)
        {
            throw new InvalidImageException($"{format}: the header says {width} x {height} pixels; at most {MaxPixels} pixels are decoded");
        }
    }
}
