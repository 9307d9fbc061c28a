namespace TransferLearning.Runtime.Kernels.Tiles;

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

    /// <summary>
    /// The pair of rows of points: 0 for the points 0 and infinity, 1 for 1 and -1, 2 for 2 and -2. Pairs run in this order.
    /// </summary>
    public int Pair;

    /// <summary>
    /// The tile's row in the first of the pair's twelve matrices, six per row of points; a smaller tile has no values in the last of the
    /// six.
    /// </summary>
    public float* Products;

    /// <summary>The distance between matrices.</summary>
    public nint PlaneStride;

    /// <summary>A multiple of the vector's lanes.</summary>
    public nint Channels;

    /// <summary>Added to each pixel once, as is the residual.</summary>
    public float* Bias;

    /// <summary>Null for none. May be the memory of the tile itself.</summary>
    public float* Residual;
    public nint ResidualPixelStride;
    public nint ResidualRowStride;

    /// <summary>The tile's rows of output pixels, 1 to 4.</summary>
    public int Rows;

    /// <summary>The tile's columns of output pixels, 1 to 4.</summary>
    public int Columns;

    /// <summary>The bounds to which the last pair clamps the pixels.</summary>
    public float Minimum;
    public float Maximum;
}
