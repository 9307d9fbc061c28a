namespace TransferLearning.Heads;

/// <summary>Averages several heads over the same features and classes.</summary>
internal static class HeadMean
{
    /// <summary>The mean of weights and biases, which for linear heads is the mean of the logits.</summary>
    public static LinearHead Of(IReadOnlyList<LinearHead> heads)
    {
        if (heads.Count == 1)
        {
            return heads[0];
        }

        LinearHead first = heads[0];
        double[] weights = new double[first.Weights.Length];
        double[] bias = new double[first.Bias.Length];
        foreach (LinearHead head in heads)
        {
            Add(weights, head.Weights, heads.Count);
            Add(bias, head.Bias, heads.Count);
        }

        return new LinearHead(
            first.Classes, first.FeatureSize, Array.ConvertAll(weights, w => (float)w), Array.ConvertAll(bias, b => (float)b));
    }

    private static void Add(double[] mean, ReadOnlySpan<float> values, int count)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] += values[i] / (double)count;
        }
    }
}
