using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>
/// The Kullback-Leibler divergence of the teacher's probabilities and the network's, both at a temperature T, times T squared, so that the
/// size of its gradient does not depend on T (Hinton et al., 2015).
/// </summary>
internal sealed class LogitDistillationLayer(BatchMap compared, CrossEntropyLayer labels, double weight, double temperature)
    : DistillationLayer("logit distillation", compared, labels, weight)
{
    protected override double LossOf(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        double ours = LogSum(output), theirs = LogSum(target), loss = 0;
        for (int c = 0; c < output.Length; c++)
        {
            double log = (target[c] / temperature) - theirs;
            loss += Math.Exp(log) * (log - ((output[c] / temperature) - ours));
        }

        return temperature * temperature * loss;
    }

    protected override void AddGradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double scale, Span<float> gradient)
    {
        double ours = LogSum(output), theirs = LogSum(target);
        for (int c = 0; c < output.Length; c++)
        {
            double difference = Math.Exp((output[c] / temperature) - ours) - Math.Exp((target[c] / temperature) - theirs);
            gradient[c] += (float)(scale * temperature * difference);
        }
    }

    /// <summary>The logarithm of the sum of the exponentials of logits at the temperature.</summary>
    private double LogSum(ReadOnlySpan<float> logits)
    {
        double maximum = double.NegativeInfinity, sum = 0;
        foreach (float logit in logits)
        {
            maximum = Math.Max(maximum, logit / temperature);
        }

        foreach (float logit in logits)
        {
            sum += Math.Exp((logit / temperature) - maximum);
        }

        return maximum + Math.Log(sum);
    }
}
