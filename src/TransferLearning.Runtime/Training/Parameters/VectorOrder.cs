namespace TransferLearning.Runtime.Training.Parameters;

/// <summary>One value per channel, padded.</summary>
internal sealed unsafe class VectorOrder(int length) : IParameterOrder
{
    public long Length => length;

    public void Pack(ReadOnlySpan<float> values, float* packed) => values.CopyTo(new Span<float>(packed, length));

    public void Unpack(float* packed, Span<float> values) => new ReadOnlySpan<float>(packed, values.Length).CopyTo(values);
}
