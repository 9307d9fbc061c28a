namespace TransferLearning.Runtime.Kernels.Tokens;

/// <summary>
/// The rows that <see cref="MatrixPanels.Multiply"/> reads and writes; strides are the distances between rows, in floats.
/// </summary>
internal readonly unsafe struct ProductRows(
    float* input, int inputStride, float* output, int outputStride, float* addend = null, int addendStride = 0)
{
    public readonly float* Input = input;
    public readonly int InputStride = inputStride;
    public readonly float* Output = output;
    public readonly int OutputStride = outputStride;

    /// <summary>Added to the products; null for none. Whole panels are read.</summary>
    public readonly float* Addend = addend;
    public readonly int AddendStride = addendStride;
}
