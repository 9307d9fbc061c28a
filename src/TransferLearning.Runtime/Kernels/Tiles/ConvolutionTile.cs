namespace TransferLearning.Runtime.Kernels.Tiles;

/// <summary>
/// One call of a convolution kernel: P output pixels by N vectors of output channels. Offsets count floats.
/// The window of pixel p is made of <see cref="Segments"/> runs of <see cref="SegmentLength"/> consecutive floats, which begin at
/// Input + InputOffsets[p] + SegmentOffsets[s]: each is a row of the window, or a single tap where the taps of a row are not adjacent.
/// Weights are packed [segment][value][N vectors].
/// </summary>
internal unsafe struct ConvolutionTile
{
    public float* Input;
    public int* InputOffsets;
    public int* SegmentOffsets;
    public int Segments;
    public int SegmentLength;
    public float* Weights;
    public float* Bias;
    public float* Output;
    public int* OutputOffsets;

    /// <summary>Added before the clamp; null for none.</summary>
    public float* Residual;
    public int* ResidualOffsets;
    public float Minimum;
    public float Maximum;

    /// <summary>
    /// Memory to prefetch into the second-level cache, <see cref="NextStep"/> bytes further with each value of the window. Only fetching
    /// kernels read it, and advance it. A hint: the address need not be valid.
    /// </summary>
    public float* Next;
    public nint NextStep;
}
