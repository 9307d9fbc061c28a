namespace TransferLearning.Runtime.Kernels.Tiles;

/// <summary>
/// One call of a kernel of grouped convolutions: some neighboring outputs of one row, one vector of output channels. Strides count floats.
/// Weights are packed [row][input channel][column][lane].
/// </summary>
internal unsafe struct GroupedTile
{
    /// <summary>The top left of the first output's window, at the first input channel of the outputs' groups.</summary>
    public float* Input;
    public nint InputPixelStride;
    public nint InputRowStride;

    /// <summary>The number of input channels of the outputs' groups.</summary>
    public nint Inputs;

    /// <summary>The height of the window; its width is that of the kernel.</summary>
    public nint Rows;
    public float* Weights;
    public float* Bias;
    public float* Output;
    public nint OutputPixelStride;
    public float Minimum;
    public float Maximum;
}
