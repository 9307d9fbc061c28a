namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// One call of a Winograd transform: a tile of up to 4 x 4 output pixels and the window of input pixels around it, two more each way, all
/// channels. Strides count floats.
/// </summary>
internal unsafe struct WinogradTile
{
    /// <summary>The window's first pixel for the input transform, the tile's first pixel for the output transform.</summary>
    public float* Pixels;
    public nint PixelStride;
    public nint RowStride;

    /// <summary>The tile's row of the first of 36 matrices, six to a row of points; a smaller tile has none in the last of each.</summary>
    public float* Products;

    /// <summary>From matrix to matrix.</summary>
    public nint PlaneStride;

    /// <summary>A multiple of the vector's lanes.</summary>
    public nint Channels;
    public float* Bias;

    /// <summary>Added before the clamp; null for none.</summary>
    public float* Residual;
    public nint ResidualPixelStride;
    public nint ResidualRowStride;

    /// <summary>The tile's rows of output pixels, 1 to 4.</summary>
    public int Rows;

    /// <summary>The tile's columns of output pixels, 1 to 4.</summary>
    public int Columns;
    public float Minimum;
    public float Maximum;
}
