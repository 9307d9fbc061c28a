namespace TransferLearning.Runtime.Kernels;

/// <summary>Some pixels of a panel in tiles of one height, as even as can be: only the last may be lower.</summary>
internal readonly unsafe struct TileDivision
{
    private readonly KernelSet _kernels;
    private readonly int _width;
    private readonly bool _fetching;
    private readonly int _count;
    private readonly delegate*<ConvolutionTile*, void> _kernel;

    /// <param name="kernels">The instruction set that runs the tiles.</param>
    /// <param name="pixels">How many pixels, at least 1.</param>
    /// <param name="width">The panel's output channels, whole vectors.</param>
    /// <param name="fetching">Whether the tiles fetch what <see cref="ConvolutionTile.Next"/> points at.</param>
    public TileDivision(KernelSet kernels, int pixels, int width, bool fetching)
    {
        (_kernels, _width, _fetching) = (kernels, width, fetching);
        int tallest = kernels.MaximumPixels(width);
        _count = (pixels + tallest - 1) / tallest;
        Height = (pixels + _count - 1) / _count;
        _kernel = kernels.Convolution(Height, width, fetching);
    }

    /// <summary>The pixels of each tile but the last.</summary>
    public int Height { get; }

    /// <summary>Spreads the fetch of as many weights as the panel's own over the tiles.</summary>
    /// <param name="tile">What the tiles are run with.</param>
    /// <param name="next">The next panel's weights.</param>
    public void Fetch(ConvolutionTile* tile, float* next)
    {
        tile->Next = next;
        tile->NextStep = (nint)_width * sizeof(float) / _count;
    }

    /// <summary>Runs one tile.</summary>
    /// <param name="tile">Its memory.</param>
    /// <param name="left">How many pixels there are from its first on.</param>
    public void Run(ConvolutionTile* tile, int left)
    {
        delegate*<ConvolutionTile*, void> kernel = left >= Height ? _kernel : _kernels.Convolution(left, _width, _fetching);
        kernel(tile);
    }
}
