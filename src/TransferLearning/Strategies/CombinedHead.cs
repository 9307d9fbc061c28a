using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Strategies;

/// <summary>One classifier made of one head, or of several whose probabilities are averaged. Immutable.</summary>
/// <param name="heads">At least one, over the same classes and features.</param>
internal sealed class CombinedHead(IReadOnlyList<LinearHead> heads)
{
    public CombinedHead(LinearHead head)
        : this([head])
    {
    }

    public IReadOnlyList<LinearHead> Heads => heads;

    /// <summary>How the classifier does on labeled bottlenecks.</summary>
    public ClassificationMetrics Evaluate(LabeledBottlenecks data, int threads) =>
        ClassificationMetrics.Compute(data.ClassNames, data.Labels, Probabilities(data.Bottlenecks, threads));

    /// <summary>[n, classes]: the mean of the heads' probabilities.</summary>
    public float[] Probabilities(BottleneckMatrix bottlenecks, int threads)
    {
        float[] sum = HeadPrediction.Probabilities(heads[0], bottlenecks, threads);
        foreach (LinearHead head in heads.Skip(1))
        {
            float[] other = HeadPrediction.Probabilities(head, bottlenecks, threads);
            sum = [.. sum.Zip(other, (a, b) => a + b)];
        }

        return Array.ConvertAll(sum, p => p / heads.Count);
    }

    /// <summary>[n, classes] of each head.</summary>
    public IReadOnlyList<float[]> Logits(BottleneckMatrix bottlenecks, int threads) =>
        [.. heads.Select(h => HeadPrediction.Logits(h, bottlenecks, threads))];

    /// <summary>The same heads, their logits divided by a temperature.</summary>
    public CombinedHead Divide(double temperature) => new([.. heads.Select(h => Divide(h, temperature))]);

    private static LinearHead Divide(LinearHead head, double temperature)
    {
        float[] weights = Array.ConvertAll(head.Weights.ToArray(), w => (float)(w / temperature));
        float[] bias = Array.ConvertAll(head.Bias.ToArray(), b => (float)(b / temperature));
        return new LinearHead(head.Classes, head.FeatureSize, weights, bias);
    }
}
