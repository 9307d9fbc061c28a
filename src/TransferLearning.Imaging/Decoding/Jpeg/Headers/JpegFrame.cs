using System.Buffers;
using System.Numerics;

namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>The content of a frame header, and the rented memory of its components.</summary>
internal sealed class JpegFrame : IDisposable
{
    // Each thread may keep arrays of the pool for ever: those of photos of up to 16 megapixels.
    private const int MaxPooledLength = 1 << 24;

    private readonly bool _progressive;
    private readonly int _maxPooledLength;

    /// <param name="width">Columns of the file.</param>
    /// <param name="height">Rows of the file.</param>
    /// <param name="progressive">Whether coefficients are spread over scans.</param>
    /// <param name="components">The components.</param>
    /// <param name="options">How much the image is reduced, and whether memory is pooled.</param>
    public JpegFrame(int width, int height, bool progressive, JpegComponent[] components, DecoderOptions options)
    {
        int reduction = options.ReductionOf(width, height);
        _maxPooledLength = options.PoolsMemory && reduction == 1 ? MaxPooledLength : 0;
        (Width, Height, _progressive, Components) = (width, height, progressive, components);
        (Reduction, OutputWidth, OutputHeight) = (reduction, DivideUp(width, reduction), DivideUp(height, reduction));
        MaxHorizontalSampling = components.Max(c => c.HorizontalSampling);
        MaxVerticalSampling = components.Max(c => c.VerticalSampling);
        McusWide = DivideUp(width, 8 * MaxHorizontalSampling);
        McusHigh = DivideUp(height, 8 * MaxVerticalSampling);
        foreach (JpegComponent component in components)
        {
            component.Width = DivideUp(width * component.HorizontalSampling, MaxHorizontalSampling);
            component.Height = DivideUp(height * component.VerticalSampling, MaxVerticalSampling);
            component.BlocksWide = DivideUp(component.Width, 8);
            component.BlocksHigh = DivideUp(component.Height, 8);
            component.PaddedBlocksWide = McusWide * component.HorizontalSampling;
            component.PaddedBlocksHigh = McusHigh * component.VerticalSampling;
            component.BlockWidth = BlockSideOf(component.HorizontalSampling, McuWidth);
            component.BlockHeight = BlockSideOf(component.VerticalSampling, McuHeight);
            component.Stride = component.PaddedBlocksWide * component.BlockWidth;
            component.Width = DivideUp(component.Width, 8 / component.BlockWidth);
            component.Height = DivideUp(component.Height, 8 / component.BlockHeight);
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The factor by which samples and pixels are fewer than in the file.</summary>
    public int Reduction { get; }

    public int OutputWidth { get; }

    public int OutputHeight { get; }

    public bool IsProgressive => _progressive;

    public JpegComponent[] Components { get; }

    public int MaxHorizontalSampling { get; }

    public int MaxVerticalSampling { get; }

    /// <summary>Pixels per row of an MCU.</summary>
    public int McuWidth => MaxHorizontalSampling * 8 / Reduction;

    /// <summary>Rows of pixels of an MCU.</summary>
    public int McuHeight => MaxVerticalSampling * 8 / Reduction;

    public int McusWide { get; }

    public int McusHigh { get; }

    /// <summary>The number of blocks in scans of single components, which is the smallest number that a file can hold.</summary>
    public long Blocks => Components.Sum(c => (long)c.BlocksWide * c.BlocksHigh);

    /// <summary>The memory that <see cref="Rent"/> takes.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0L;
            foreach (JpegComponent component in Components)
            {
                long blocks = (long)component.PaddedBlocksWide * component.PaddedBlocksHigh;
                long samples = blocks * component.BlockWidth * component.BlockHeight;

                // The pool's arrays have lengths that are powers of two.
                long rented = samples <= _maxPooledLength ? (long)BitOperations.RoundUpToPowerOf2((ulong)samples) : samples;
                bytes += rented * (_progressive ? 3 : 1);
                bytes += _progressive && Reduction > 1 ? blocks * 8 : 0;
            }

            return bytes;
        }
    }

    /// <summary>Rents memory for the samples and, if the frame is progressive, for coefficients, which are cleared.</summary>
    public void Rent()
    {
        foreach (JpegComponent component in Components)
        {
            int blocks = component.PaddedBlocksWide * component.PaddedBlocksHigh;
            int samples = blocks * component.BlockWidth * component.BlockHeight;
            component.Samples = Rent<byte>(samples);
            if (_progressive)
            {
                component.Coefficients = Rent<short>(samples);
                component.Coefficients.AsSpan(0, samples).Clear();
                component.IsCoefficientSet = Reduction == 1 ? [] : new ulong[blocks];
            }
        }
    }

    public void Dispose()
    {
        foreach (JpegComponent component in Components)
        {
            Return(component.Samples);
            Return(component.Coefficients);
            (component.Samples, component.Coefficients, component.IsCoefficientSet) = ([], [], []);
        }
    }

    // Colors of fewer samples than pixels are reduced less, as long as they do not get more samples than pixels.
    private int BlockSideOf(int sampling, int mcuSide)
    {
        int side = 8 / Reduction;
        while (side < 8 && mcuSide % (sampling * side * 2) == 0)
        {
            side *= 2;
        }

        return side;
    }

    private T[] Rent<T>(int length) =>
        length <= _maxPooledLength ? ArrayPool<T>.Shared.Rent(length) : GC.AllocateUninitializedArray<T>(length);

    private void Return<T>(T[] rented)
    {
        if (rented.Length > 0 && rented.Length <= _maxPooledLength)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    private static int DivideUp(int value, int by) => (value + by - 1) / by;
}
