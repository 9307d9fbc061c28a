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

    /// <summary>Which two rows of points: 0 for 0 and infinity, 1 for 1 and -1, 2 for 2 and -2, in this order.</summary>
    public int Pair;

    /// <summary>The tile's row of the first of the pair's twelve matrices, six to a row of points; a smaller tile has none in the last of each.</summary>
    public float* Products;

    /// <summary>From matrix to matrix.</summary>
    public nint PlaneStride;

    /// <summary>A multiple of the vector's lanes.</summary>
    public nint Channels;

    /// <summary>Added to each pixel once, as the residual is.</summary>
    public float* Bias;

    /// <summary>Null for none. It may lie where the tile does.</summary>
    public float* Residual;
    public nint ResidualPixelStride;
    public nint ResidualRowStride;

    /// <summary>The tile's rows of output pixels, 1 to 4.</summary>
    public int Rows;

    /// <summary>The tile's columns of output pixels, 1 to 4.</summary>
    public int Columns;

    /// <summary>What the last pair clamps the pixels to.</summary>
    public float Minimum;
    public float Maximum;
}
