using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>One classifier made of the heads of several segments. Immutable.</summary>
internal sealed class CombinedHead
{
    private readonly IReadOnlyList<LinearHead> _heads;

    private CombinedHead(IReadOnlyList<LinearHead> heads) => _heads = heads;

    /// <summary>Combines the heads of segments.</summary>
    public static CombinedHead Of(IReadOnlyList<TrainingSegment> segments, HeadCombination combination)
    {
        LinearHead[] heads = [.. segments.Select(s => s.Training.Head)];
        return new CombinedHead(combination switch
        {
            HeadCombination.Average => [HeadMean.Of(heads)],
            HeadCombination.Best => [segments.MinBy(s => s.Metrics.LogLoss)!.Training.Head],
            HeadCombination.Ensemble => heads,
            _ => throw new ArgumentOutOfRangeException(nameof(combination), combination, null),
        });
    }

    public static CombinedHead Of(LinearHead head) => new([head]);

    /// <summary>How it does on labeled bottlenecks.</summary>
    public ClassificationMetrics Judge(LabeledBottlenecks data, int threads) =>
        ClassificationMetrics.Compute(data.ClassNames, data.Labels, Probabilities(data.Bottlenecks, threads));

    /// <summary>[n, classes]: the mean of the heads' probabilities.</summary>
    public float[] Probabilities(BottleneckMatrix bottlenecks, int threads)
    {
        float[] sum = HeadPrediction.Probabilities(_heads[0], bottlenecks, threads);
        foreach (LinearHead head in _heads.Skip(1))
        {
            float[] other = HeadPrediction.Probabilities(head, bottlenecks, threads);
            sum = [.. sum.Zip(other, (a, b) => a + b)];
        }

        return Array.ConvertAll(sum, p => p / _heads.Count);
    }

    /// <summary>[n, classes] of each head.</summary>
    public IReadOnlyList<float[]> Logits(BottleneckMatrix bottlenecks, int threads) =>
        [.. _heads.Select(h => HeadPrediction.Logits(h, bottlenecks, threads))];

    /// <summary>The same heads, their logits divided by a temperature.</summary>
    public CombinedHead Divide(double temperature) => new([.. _heads.Select(h => Divide(h, temperature))]);

    public TransferModel ToModel(Backbone backbone, IReadOnlyList<string> classes, ModelOrigin origin) => _heads is [var head]
        ? new TransferModel(backbone, head, classes, origin)
        : TransferModel.Ensemble(backbone, _heads, classes, origin);

    private static LinearHead Divide(LinearHead head, double temperature)
    {
        float[] weights = Array.ConvertAll(head.Weights.ToArray(), w => (float)(w / temperature));
        float[] bias = Array.ConvertAll(head.Bias.ToArray(), b => (float)(b / temperature));
        return new LinearHead(head.Classes, head.FeatureSize, weights, bias);
    }
}
