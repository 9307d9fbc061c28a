using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.FineTune;

/// <summary>A step of training: on the only data set, on the small one, or on the larger one.</summary>
internal sealed record FineTuneStepReport
{
    public required string Data { get; init; }

    public required int TrainImages { get; init; }

    public required int Epochs { get; init; }

    public required int BestEpoch { get; init; }

    /// <summary>Accuracy after the step, on the validation part of the first data set.</summary>
    public required double Accuracy { get; init; }

    public required IntervalReport AccuracyInterval { get; init; }

    /// <summary>The number of images in the validation part of the first data set.</summary>
    public required int Images { get; init; }

    /// <summary>Accuracy after the step, on the validation part of the larger data set; null where there is none.</summary>
    public required double? AccuracyOnLarger { get; init; }

    public required IntervalReport? AccuracyOnLargerInterval { get; init; }

    /// <summary>The number of images in the validation part of the larger data set; null where there is none.</summary>
    public required int? ImagesOfLarger { get; init; }
}
