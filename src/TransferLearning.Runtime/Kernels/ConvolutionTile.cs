namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// One call of a convolution kernel: P output pixels by N vectors of output channels. Offsets count floats.
/// The window of pixel p is made of <see cref="Segments"/> runs of <see cref="SegmentLength"/> consecutive floats, which begin at
/// Input + InputOffsets[p] + SegmentOffsets[s]: a row of the window each, or a tap each where taps are not neighbors.
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
    /// Memory to fetch into the second-level cache meanwhile, <see cref="NextStep"/> bytes further with each value of the window. Only the
    /// kernels that fetch read it, and move it on. A hint: no memory need be there.
    /// </summary>
    public float* Next;
    public nint NextStep;
}
