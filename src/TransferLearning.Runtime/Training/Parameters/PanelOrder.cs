using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Training.Parameters;

/// <summary>The weights of a convolution, or of a product [outputs, inputs], in the order of the tile kernels.</summary>
internal sealed unsafe class PanelOrder(PanelLayout panels) : IParameterOrder
{
    public long Length => panels.Length;

    public void Pack(ReadOnlySpan<float> values, float* packed) => panels.Pack(values, packed);

    public void Unpack(float* packed, Span<float> values) => panels.Unpack(packed, values);
}
