using System.Globalization;
using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies.ParallelTraining;

/// <summary>
/// The heads of all segments as one classifier, or the head of the small set alone where that is better. The choice is made by predictions
/// for the small set's training images, of heads that have not learned from them; the validation part only evaluates. Immutable.
/// </summary>
/// <param name="Combined">The classifier of the segments.</param>
/// <param name="CombinedMetrics">How it does on the small set's validation part.</param>
/// <param name="SmallSet">The classifier of the small set.</param>
/// <param name="SmallSetMetrics">How it does on the same images.</param>
/// <param name="HeldOut">The predictions of both; null where there are too few images to hold any out.</param>
/// <param name="Used">The segments whose heads are in <paramref name="Combined"/>; none where the run was canceled before.</param>
internal sealed record SegmentCombination(
    CombinedHead Combined,
    ClassificationMetrics CombinedMetrics,
    CombinedHead SmallSet,
    ClassificationMetrics SmallSetMetrics,
    HeldOutComparison? HeldOut,
    IReadOnlyList<TrainingSegment> Used)
{
    /// <summary>True where the segments made the model worse. Without predictions to tell, the segments are kept.</summary>
    public bool KeepsSmallSet => Used.Count == 0 || (HeldOut is not null && HeldOut.Combined.Right < HeldOut.SmallSet.Right);

    /// <summary>The better classifier.</summary>
    public CombinedHead KeptHead => KeepsSmallSet ? SmallSet : Combined;

    /// <summary>How the better classifier does.</summary>
    public ClassificationMetrics KeptMetrics => KeepsSmallSet ? SmallSetMetrics : CombinedMetrics;

    /// <summary>The segments that the better classifier has learned from.</summary>
    public IReadOnlyList<TrainingSegment> KeptSegments => KeepsSmallSet ? [] : Used;

    /// <summary>What the temperature of the better classifier is fitted on.</summary>
    public LabeledLogits? KeptHeldOut => KeepsSmallSet ? HeldOut?.SmallSet : HeldOut?.Combined;

    /// <summary>What the user should know; null where the combined classifier is kept.</summary>
    public string? Warning => !KeepsSmallSet ? null : Used.Count == 0
        ? "canceled before all segments were trained: the model is that of the small set alone"
        : string.Create(
        CultureInfo.InvariantCulture,
        $"of {HeldOut!.Combined.Count} training images of the small set that were held out in turn, the combined model is right on "
        + $"{HeldOut.Combined.Right}, the small set's own model on {HeldOut.SmallSet.Right}: the small set's model was kept");

    /// <summary>The head of the small set alone, where the run was canceled before there were segments.</summary>
    /// <param name="smallSet">The head.</param>
    /// <param name="labeled">The small set.</param>
    /// <param name="threads">At least 1.</param>
    public static SegmentCombination OfSmallSet(RetrainedHead smallSet, LabeledSplit labeled, int threads)
    {
        var alone = new CombinedHead(smallSet.Head);
        ClassificationMetrics metrics = alone.Evaluate(labeled.Validation, threads);
        LabeledLogits? heldOut = HeadCalibration.Label(smallSet.HeldOut, labeled.Train);
        return new SegmentCombination(
            alone, metrics, alone, metrics, heldOut is null ? null : new HeldOutComparison(heldOut, heldOut), []);
    }

    /// <param name="segments">At least one.</param>
    /// <param name="combination">How their heads become one classifier.</param>
    /// <param name="smallSet">The head of the small set.</param>
    /// <param name="labeled">The small set.</param>
    /// <param name="threads">At least 1.</param>
    public static SegmentCombination Of(
        IReadOnlyList<TrainingSegment> segments,
        HeadCombination combination,
        RetrainedHead smallSet,
        LabeledSplit labeled,
        int threads)
    {
        IReadOnlyList<TrainingSegment> used = SegmentsIn(segments, combination, labeled.Train);
        CombinedHead combined = Combine(used, combination);
        var alone = new CombinedHead(smallSet.Head);
        return new SegmentCombination(
            combined,
            combined.Evaluate(labeled.Validation, threads),
            alone,
            alone.Evaluate(labeled.Validation, threads),
            HeldOutComparison.Of([.. used.Select(s => s.Training.HeldOut)], combination, smallSet.HeldOut, labeled.Train),
            used);
    }

    /// <summary>The heads of some segments as one classifier.</summary>
    public static CombinedHead Combine(IReadOnlyList<TrainingSegment> segments, HeadCombination combination)
    {
        LinearHead[] heads = [.. segments.Select(s => s.Training.Head)];
        return combination switch
        {
            HeadCombination.Average or HeadCombination.Best => new CombinedHead(HeadMean.Of(heads)),
            HeadCombination.Ensemble => new CombinedHead(heads),
            _ => throw new ArgumentOutOfRangeException(nameof(combination), combination, null),
        };
    }

    /// <summary>The segments whose heads are in the classifier.</summary>
    /// <param name="segments">At least one.</param>
    /// <param name="combination">How the heads become one classifier.</param>
    /// <param name="labeled">The training part of the small set.</param>
    private static IReadOnlyList<TrainingSegment> SegmentsIn(
        IReadOnlyList<TrainingSegment> segments, HeadCombination combination, LabeledBottlenecks labeled) => combination switch
        {
            HeadCombination.Best => [Best(segments, labeled)],
            HeadCombination.Average or HeadCombination.Ensemble => segments,
            _ => throw new ArgumentOutOfRangeException(nameof(combination), combination, null),
        };

    /// <summary>The segment with the lowest log loss of its predictions; without predictions, the first.</summary>
    private static TrainingSegment Best(IReadOnlyList<TrainingSegment> segments, LabeledBottlenecks labeled) => segments.MinBy(
        s => HeadCalibration.Label(s.Training.HeldOut, labeled) is { } logits ? TemperatureLoss.Of([logits], 1).LogLoss : 0)!;
}
