using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Parameters;

/// <summary>The order of a matrix [outputs, inputs] for one that the graph has as [inputs, outputs].</summary>
internal sealed unsafe class TransposedOrder(IParameterOrder order, int inputs, int outputs) : IParameterOrder
{
    public long Length => order.Length;

    public void Pack(ReadOnlySpan<float> values, float* packed) => order.Pack(Transpose(values, inputs, outputs), packed);

    public void Unpack(float* packed, Span<float> values)
    {
        float[] transposed = new float[values.Length];
        order.Unpack(packed, transposed);
        Transpose(transposed, outputs, inputs).CopyTo(values);
    }

    private static ReadOnlySpan<float> Transpose(ReadOnlySpan<float> matrix, int rows, int columns) =>
        TransposeOperator.Transpose(Tensor.Create(new Shape(rows, columns), matrix.ToArray()), [1, 0]).Floats;
}
