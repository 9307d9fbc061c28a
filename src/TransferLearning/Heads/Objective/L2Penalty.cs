namespace TransferLearning.Heads.Objective;

/// <summary>
/// strength / 2 * |weights - center|^2, without the biases. The center is 0, or the weights of the head that training starts from (L2-SP,
/// Li et al., "Explicit inductive bias for transfer learning", 2018), so that a few new images do not undo what was learned from many older
/// ones.
/// </summary>
internal sealed class L2Penalty(double strength, HeadParameters center)
{
    private readonly float[] _center = center.Weights.Values.ToArray();

    public double Value(HeadParameters parameters)
    {
        ReadOnlySpan<float> weights = parameters.Weights.Values;
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double difference = (double)weights[i] - _center[i];
            sum += difference * difference;
        }

        return strength / 2 * sum;
    }

    /// <summary>Adds the penalty's gradient, times a factor, to a flat gradient.</summary>
    public void AddGradient(HeadParameters parameters, double factor, Span<double> gradient)
    {
        ReadOnlySpan<float> weights = parameters.Weights.Values;
        for (int i = 0; i < weights.Length; i++)
        {
            gradient[i] += factor * strength * ((double)weights[i] - _center[i]);
        }
    }
}
