namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// One call of a Winograd transform: a tile of 4 x 4 output pixels and the window of 6 x 6 input pixels around it, all channels.
/// Strides count floats.
/// </summary>
internal unsafe struct WinogradTile
{
    /// <summary>The window's first pixel for the input transform, the tile's first pixel for the output transform.</summary>
    public float* Pixels;
    public nint PixelStride;
    public nint RowStride;

    /// <summary>The tile's row of the first of 36 matrices.</summary>
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

    /// <summary>Rows of the tile that lie within the map, 1 to 4.</summary>
    public int ValidRows;

    /// <summary>Columns of the tile that lie within the map, 1 to 4.</summary>
    public int ValidColumns;
    public float Minimum;
    public float Maximum;
}
