using TransferLearning.OutOfDistribution;
using TransferLearning.PseudoLabeling;

namespace TransferLearning.Strategies.ParallelTraining;

/// <summary>The pseudo-labels of the larger set, and the segments that were tuned on them. Immutable.</summary>
/// <param name="Detector">Detects images of none of the classes; null where there is none.</param>
/// <param name="Labels">The pseudo-labels; null where the run was canceled before all segments were tuned.</param>
/// <param name="Used">[images]: true for those that a segment has.</param>
/// <param name="Divisions">Which images each segment has.</param>
/// <param name="Segments">The segments, in the order of <paramref name="Divisions"/>.</param>
internal sealed record TunedSegments(
    OutOfDistributionDetector? Detector,
    PseudoLabels? Labels,
    bool[] Used,
    IReadOnlyList<SegmentDivision> Divisions,
    IReadOnlyList<TrainingSegment> Segments)
{
    /// <summary>What is left of a run that was canceled: half a training of some segments would only spoil the small set's model.</summary>
    public static TunedSegments Canceled { get; } = new(null, null, [], [], []);
}
