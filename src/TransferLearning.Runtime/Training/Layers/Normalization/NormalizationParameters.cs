using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Training.Layers.Normalization;

/// <summary>The parameters of a batch normalization, and the statistics that it normalizes by outside training.</summary>
/// <param name="scale">The scale.</param>
/// <param name="shift">The shift.</param>
/// <param name="mean">The running mean, which batch statistics move.</param>
/// <param name="variance">The running variance.</param>
/// <param name="epsilon">What is added to the variance.</param>
/// <param name="momentum">The share of the old statistics that a batch leaves, such as .9.</param>
internal sealed class NormalizationParameters(
    Parameter scale, Parameter shift, float[] mean, float[] variance, double epsilon, double momentum)
{
    public Parameter Scale { get; } = scale;

    public Parameter Shift { get; } = shift;

    public float[] Mean { get; } = mean;

    public float[] Variance { get; } = variance;

    public double Epsilon { get; } = epsilon;

    /// <summary>1 / sqrt(variance + epsilon) of the current step.</summary>
    public double[] InverseDeviation { get; } = new double[mean.Length];

    /// <summary>Moves the running statistics of a channel towards those of a batch; the variance is that of a sample, as in
    /// PyTorch.</summary>
    public void Move(int channel, double batchMean, double batchVariance, double count)
    {
        double unbiased = count > 1 ? batchVariance * count / (count - 1) : batchVariance;
        Mean[channel] = (float)((momentum * Mean[channel]) + ((1 - momentum) * batchMean));
        Variance[channel] = (float)((momentum * Variance[channel]) + ((1 - momentum) * unbiased));
    }
}
