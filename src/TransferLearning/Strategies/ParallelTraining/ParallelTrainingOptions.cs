using TransferLearning.Models;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Strategies;

/// <summary>How parallel training labels, divides and trains, and what its model can do. Every setting has a default. Immutable;
/// thread-safe.</summary>
public sealed record ParallelTrainingOptions
{
    /// <summary>The number of segments that the larger data set is divided into, 1 to 64. Default: 4.</summary>
    public int Segments { get; init; } = 4;

    /// <summary>
    /// The column of the larger set's manifest whose values are the segments (a camera, a site), in place of <see cref="Segments"/>;
    /// images with no value in it form a segment of their own. Default: null.
    /// </summary>
    public string? SegmentBy { get; init; }

    /// <summary>How the segments' heads become one model. Default: <see cref="HeadCombination.Average"/>.</summary>
    public HeadCombination Combine { get; init; } = HeadCombination.Average;

    /// <summary>Images whose pseudo-label has a lower confidence than this are not learned from, 0 to 1. Default: 0.3.</summary>
    public double MinConfidence { get; init; } = 0.3;

    /// <summary>
    /// The balance of the classes: a class keeps at most this many times its even share of the pseudo-labeled images, those of the highest
    /// confidence; at least 1. Default: 2.5.
    /// </summary>
    public double MaxClassRatio { get; init; } = 2.5;

    /// <summary>The weight of an image of the small set, where a pseudo-labeled one of confidence 1 has weight 1; above 0. Default:
    /// 5.</summary>
    public double LabeledWeight { get; init; } = 5;

    /// <summary>The largest number of epochs of each training, at least 1; null for the retrainer's own setting. Default: null.</summary>
    public int? Epochs { get; init; }

    /// <summary>
    /// The share of images of the classes that <see cref="Prediction.IsUnknown"/> may reject wrongly, 0 (exclusive) to 0.5; null for a
    /// model that does not detect out-of-distribution images. Images of the larger set that it rejects are not learned from. The threshold
    /// is fitted on the small set's images, as that of <see cref="FineTuningOptions.FalseRejectRate"/>. Default: 0.05.
    /// </summary>
    public double? FalseRejectRate { get; init; } = FalseRejectRateOption.Default;

    internal void Validate(List<string> problems)
    {
        Require(Segments is >= 1 and <= 64, $"Segments is {Segments}: it must be 1 to 64");
        Require(SegmentBy is null || SegmentBy.Length > 0, "SegmentBy is empty: it must be the name of a column, or null");
        Require(Enum.IsDefined(Combine), $"Combine is {Combine}: it must be {string.Join(", ", Enum.GetNames<HeadCombination>())}");
        Require(MinConfidence is >= 0 and <= 1, $"MinConfidence is {MinConfidence}: it must be 0 to 1");
        Require(MaxClassRatio >= 1, $"MaxClassRatio is {MaxClassRatio}: it must be at least 1");
        Require(LabeledWeight > 0 && double.IsFinite(LabeledWeight), $"LabeledWeight is {LabeledWeight}: it must be finite and above 0");
        Require(Epochs is not < 1, $"Epochs is {Epochs}: it must be at least 1, or null for the retrainer's own setting");
        FalseRejectRateOption.Validate(nameof(ParallelTrainingOptions), FalseRejectRate, problems);

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add($"ParallelTrainingOptions.{problem}");
            }
        }
    }
}
