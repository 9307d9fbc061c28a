using TransferLearning.Advice;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Advise;

/// <summary>What a trial says of training the last stage too. The names are part of the command's contract.</summary>
internal sealed record UnfreezingReport
{
    public required bool Recommended { get; init; }

    public required int Stages { get; init; }

    public required int NetworkStages { get; init; }

    public required int Images { get; init; }

    /// <summary>The number of images that each fold has learned from, on average.</summary>
    public required double TrainImages { get; init; }

    public required int Classes { get; init; }

    public required double AccuracyOfHead { get; init; }

    public required double Accuracy { get; init; }

    public required IntervalReport DifferenceInterval { get; init; }

    public required double Seconds { get; init; }

    public required double SecondsForAll { get; init; }

    public required long MapBytesForAll { get; init; }

    public static UnfreezingReport? Of(UnfreezingAdvice? advice) => advice is null ? null : new UnfreezingReport
    {
        Recommended = advice.IsRecommended,
        Stages = advice.Stages,
        NetworkStages = advice.NetworkStages,
        Images = advice.Images,
        TrainImages = advice.TrainImages,
        Classes = advice.Classes,
        AccuracyOfHead = advice.HeadAccuracy,
        Accuracy = advice.TunedAccuracy,
        DifferenceInterval = IntervalReport.Of(advice.DifferenceInterval),
        Seconds = advice.Seconds,
        SecondsForAll = advice.SecondsForAll,
        MapBytesForAll = advice.MapBytesForAll,
    };
}
