namespace TransferLearning.Runtime.Kernels;

/// <summary>Divides pixels of a panel into as few tiles as possible, of equal height but for the last, which may be lower.</summary>
internal readonly unsafe struct TileDivision
{
    private readonly KernelSet _kernels;
    private readonly int _width;
    private readonly bool _fetching;
    private readonly int _count;
    private readonly delegate*<ConvolutionTile*, void> _kernel;

    /// <param name="kernels">The instruction set that runs the tiles.</param>
    /// <param name="pixels">The number of pixels, at least 1.</param>
    /// <param name="width">The panel's width in output channels.</param>
    /// <param name="fetching">Whether the tiles prefetch the memory at <see cref="ConvolutionTile.Next"/>.</param>
    public TileDivision(KernelSet kernels, int pixels, int width, bool fetching)
    {
        (_kernels, _width, _fetching) = (kernels, width, fetching);
        int max = kernels.MaxPixels(width);
        _count = (pixels + max - 1) / max;
        Height = (pixels + _count - 1) / _count;
        _kernel = kernels.Convolution(Height, width, fetching);
    }

    /// <summary>The number of pixels of each tile but the last.</summary>
    public int Height { get; }

    /// <summary>Prepares the prefetch of the next panel's weights, as many as the panel's own, spread over the tiles.</summary>
    /// <param name="tile">The call that the tiles are run with.</param>
    /// <param name="next">The next panel's weights.</param>
    public void Fetch(ConvolutionTile* tile, float* next)
    {
        tile->Next = next;
        tile->NextStep = (nint)_width * sizeof(float) / _count;
    }

    /// <summary>Runs one tile.</summary>
    /// <param name="tile">The call, with the tile's addresses.</param>
    /// <param name="left">The number of pixels left, the tile's own included.</param>
    public void Run(ConvolutionTile* tile, int left)
    {
        delegate*<ConvolutionTile*, void> kernel = left >= Height ? _kernel : _kernels.Convolution(left, _width, _fetching);
        kernel(tile);
    }
}
