using TransferLearning.Runtime.Kernels.Tiles;

namespace TransferLearning.Runtime.Kernels;

/// <summary>Divides pixels of a panel into as few tiles as possible: first the higher ones, then those lower by one pixel.</summary>
internal readonly unsafe struct TileDivision
{
    private readonly int _width;
    private readonly int _count;
    private readonly int _height;

    /// <summary>The number of pixels of all lower tiles together.</summary>
    private readonly int _lowPixels;
    private readonly delegate*<ConvolutionTile*, void> _high;
    private readonly delegate*<ConvolutionTile*, void> _low;

    /// <param name="kernels">The instruction set that runs the tiles.</param>
    /// <param name="pixels">The number of pixels, at least 1.</param>
    /// <param name="width">The panel's width in output channels.</param>
    /// <param name="fetching">Whether the tiles prefetch the memory at <see cref="ConvolutionTile.Next"/>.</param>
    public TileDivision(KernelSet kernels, int pixels, int width, bool fetching)
    {
        _width = width;
        int max = kernels.MaxPixels(width);
        _count = (pixels + max - 1) / max;
        _height = (pixels + _count - 1) / _count;
        _high = kernels.Convolution(_height, width, fetching);
        _low = _high;
        int low = (_count * _height) - pixels;
        if (low > 0)
        {
            _lowPixels = low * (_height - 1);
            _low = kernels.Convolution(_height - 1, width, fetching);
        }
    }

    /// <summary>Prepares the prefetch of the next panel's weights, as many as the panel's own, spread over the tiles.</summary>
    /// <param name="tile">The call that the tiles are run with.</param>
    /// <param name="next">The next panel's weights.</param>
    public void Fetch(ConvolutionTile* tile, float* next)
    {
        tile->Next = next;
        tile->NextStep = (nint)_width * sizeof(float) / _count;
    }

    /// <summary>Runs one tile and returns its number of pixels.</summary>
    /// <param name="tile">The call, with the tile's addresses.</param>
    /// <param name="left">The number of pixels left, the tile's own included.</param>
    public int Run(ConvolutionTile* tile, int left)
    {
        if (left > _lowPixels)
        {
            _high(tile);
            return _height;
        }

        _low(tile);
        return _height - 1;
    }
}
