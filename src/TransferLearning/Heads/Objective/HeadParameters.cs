namespace TransferLearning.Heads.Objective;

/// <summary>The weights and biases that training changes, over scaled features.</summary>
internal sealed class HeadParameters(int classes, int features)
{
    public int Classes => classes;

    /// <summary>[classes, features], padded.</summary>
    public PaddedMatrix Weights { get; } = new(classes, features);

    /// <summary>[classes].</summary>
    public float[] Bias { get; } = new float[classes];

    /// <summary>The number of values in the flat form: the padded weights, then the biases.</summary>
    public int Length => Weights.Values.Length + classes;

    public HeadParameters Clone()
    {
        var copy = new HeadParameters(classes, features);
        Weights.Values.CopyTo(copy.Weights.Values);
        Bias.CopyTo(copy.Bias, 0);
        return copy;
    }

    public void CopyTo(Span<double> flat)
    {
        Span<float> weights = Weights.Values;
        for (int i = 0; i < weights.Length; i++)
        {
            flat[i] = weights[i];
        }

        for (int c = 0; c < classes; c++)
        {
            flat[weights.Length + c] = Bias[c];
        }
    }

    public void CopyFrom(ReadOnlySpan<double> flat)
    {
        Span<float> weights = Weights.Values;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)flat[i];
        }

        for (int c = 0; c < classes; c++)
        {
            Bias[c] = (float)flat[weights.Length + c];
        }
    }
}
