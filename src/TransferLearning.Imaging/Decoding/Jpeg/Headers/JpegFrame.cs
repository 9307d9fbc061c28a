using System.Buffers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>The content of a frame header, and the rented memory of its components.</summary>
internal sealed class JpegFrame : IDisposable
{
    private readonly bool _progressive;

    public JpegFrame(int width, int height, bool progressive, JpegComponent[] components)
    {
        (Width, Height, _progressive, Components) = (width, height, progressive, components);
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
        }
    }

    public int Width { get; }

    public int Height { get; }

    public bool IsProgressive => _progressive;

    public JpegComponent[] Components { get; }

    public int MaxHorizontalSampling { get; }

    public int MaxVerticalSampling { get; }

    public int McusWide { get; }

    public int McusHigh { get; }

    /// <summary>The number of blocks in scans of single components, which is the smallest number that a file can hold.</summary>
    public long Blocks => Components.Sum(c => (long)c.BlocksWide * c.BlocksHigh);

    /// <summary>Rents memory for the samples and, if the frame is progressive, for coefficients, which are cleared.</summary>
    public void Rent()
    {
        foreach (JpegComponent component in Components)
        {
            int blocks = component.PaddedBlocksWide * component.PaddedBlocksHigh;
            component.Samples = ArrayPool<byte>.Shared.Rent(blocks * 64);
            if (_progressive)
            {
                component.Coefficients = ArrayPool<short>.Shared.Rent(blocks * 64);
                component.Coefficients.AsSpan(0, blocks * 64).Clear();
            }
        }
    }

    public void Dispose()
    {
        foreach (JpegComponent component in Components)
        {
            Return(component.Samples);
            Return(component.Coefficients);
            (component.Samples, component.Coefficients) = ([], []);
        }
    }

    private static void Return<T>(T[] rented)
    {
        if (rented.Length > 0)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    private static int DivideUp(int value, int by) => (value + by - 1) / by;
}
