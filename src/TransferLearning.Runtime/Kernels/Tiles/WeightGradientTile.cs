namespace TransferLearning.Runtime.Kernels.Tiles;

/// <summary>
/// One call of a weight gradient kernel: P consecutive values of a window by N vectors of output channels, summed over pixels. Offsets
/// count floats. Output pixel i contributes the product of the P values at Input + InputOffsets[i] and the N vectors at
/// Gradient + GradientOffsets[i].
/// </summary>
internal unsafe struct WeightGradientTile
{
    public float* Input;
    public int* InputOffsets;
    public float* Gradient;
    public int* GradientOffsets;
    public nint Pixels;

    /// <summary>[P][N vectors], one row after the other, as weights are packed.</summary>
    public float* Output;

    /// <summary>Whether the sums are added to the output; otherwise they replace it.</summary>
    public int Adds;
}
