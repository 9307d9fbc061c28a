namespace TransferLearning.Imaging;

/// <summary>A decoded image: 8-bit red, green and blue, interleaved, row by row from the top left, upright. Immutable.</summary>
/// <remarks>
/// Thread-safe. Holds height * width * 3 bytes of managed memory; there is nothing to dispose of. <see cref="ImageFormats"/> reads and
/// decodes files.
/// </remarks>
public sealed class RgbImage
{
    private readonly ReadOnlyMemory<byte> _pixels;

    /// <summary>Wraps pixels that are already decoded.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">[height, width, 3], values 0..255. The memory is not copied: do not write to it afterwards.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the number of bytes is not height * width * 3.</exception>
    public RgbImage(int width, int height, ReadOnlyMemory<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != (long)width * height * 3)
        {
            throw new ArgumentException(
                $"an image of {width} x {height} pixels needs {(long)width * height * 3} bytes, not {pixels.Length}", nameof(pixels));
        }

        (Width, Height, _pixels) = (width, height, pixels);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[Height, Width, 3], values 0..255.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels.Span;
}
