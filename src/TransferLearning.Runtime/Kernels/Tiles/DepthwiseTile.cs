namespace TransferLearning.Runtime.Kernels.Tiles;

/// <summary>
/// One call of a depthwise kernel: some neighboring outputs of one row, all channels. Strides count floats.
/// Weights are packed [channel vector][row][column][lane].
/// </summary>
internal unsafe struct DepthwiseTile
{
    /// <summary>The top left of the first output's window.</summary>
    public float* Input;
    public nint InputPixelStride;
    public nint InputRowStride;
    public float* Weights;
    public float* Bias;
    public float* Output;
    public nint OutputPixelStride;

    /// <summary>A multiple of the vector's lanes.</summary>
    public nint Channels;
    public float Minimum;
    public float Maximum;
}
