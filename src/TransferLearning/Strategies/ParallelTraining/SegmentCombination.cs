using System.Globalization;
using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies.ParallelTraining;

/// <summary>The heads of all segments as one classifier, compared with the head of the small set alone. Immutable.</summary>
/// <param name="Combined">The classifier of the segments.</param>
/// <param name="CombinedMetrics">How it does on the small set's validation part.</param>
/// <param name="SmallSet">The classifier of the small set.</param>
/// <param name="SmallSetMetrics">How it does on the same images.</param>
internal sealed record SegmentCombination(
    CombinedHead Combined, ClassificationMetrics CombinedMetrics, CombinedHead SmallSet, ClassificationMetrics SmallSetMetrics)
{
    /// <summary>True where the segments made the model worse.</summary>
    public bool KeepsSmallSet => CombinedMetrics.Accuracy < SmallSetMetrics.Accuracy;

    /// <summary>The better classifier.</summary>
    public CombinedHead KeptHead => KeepsSmallSet ? SmallSet : Combined;

    /// <summary>How the better classifier does.</summary>
    public ClassificationMetrics KeptMetrics => KeepsSmallSet ? SmallSetMetrics : CombinedMetrics;

    /// <summary>What the user should know; null where the combined classifier is kept.</summary>
    public string? Warning => !KeepsSmallSet ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"the combined model is right on {CombinedMetrics.Accuracy:P1} of the small set's validation images, the small set's own model "
        + $"on {SmallSetMetrics.Accuracy:P1}: the small set's model was kept");

    /// <param name="segments">At least one.</param>
    /// <param name="combination">How their heads become one classifier.</param>
    /// <param name="smallSet">The head of the small set.</param>
    /// <param name="validation">The small set's validation part.</param>
    /// <param name="threads">At least 1.</param>
    public static SegmentCombination Of(
        IReadOnlyList<TrainingSegment> segments,
        HeadCombination combination,
        RetrainedHead smallSet,
        LabeledBottlenecks validation,
        int threads)
    {
        CombinedHead combined = Combine(segments, combination);
        var alone = new CombinedHead(smallSet.Head);
        return new SegmentCombination(combined, combined.Evaluate(validation, threads), alone, alone.Evaluate(validation, threads));
    }

    /// <summary>The segments' heads as one classifier.</summary>
    public static CombinedHead Combine(IReadOnlyList<TrainingSegment> segments, HeadCombination combination)
    {
        LinearHead[] heads = [.. segments.Select(s => s.Training.Head)];
        return combination switch
        {
            HeadCombination.Average => new CombinedHead(HeadMean.Of(heads)),
            HeadCombination.Best => new CombinedHead(segments.MinBy(s => s.Metrics.LogLoss)!.Training.Head),
            HeadCombination.Ensemble => new CombinedHead(heads),
            _ => throw new ArgumentOutOfRangeException(nameof(combination), combination, null),
        };
    }
}
