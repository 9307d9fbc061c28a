namespace TransferLearning.Runtime.Training.Parameters;

/// <summary>The weights of a depthwise convolution, [channels, 1, height, width] in the graph: [taps][channels], padded.</summary>
internal sealed unsafe class TapOrder(int taps, int channels, int stride) : IParameterOrder
{
    public long Length => (long)taps * stride;

    public void Pack(ReadOnlySpan<float> values, float* packed)
    {
        for (int i = 0; i < values.Length; i++)
        {
            packed[(i % taps * stride) + (i / taps)] = values[i];
        }
    }

    public void Unpack(float* packed, Span<float> values)
    {
        for (int i = 0; i < taps * channels; i++)
        {
            values[i] = packed[(i % taps * stride) + (i / taps)];
        }
    }
}
