using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Reports.FineTune;

/// <summary>What training the last stages of the network gave. The names are part of the command's contract.</summary>
internal sealed record StageTuningReport
{
    public required int Stages { get; init; }

    public required int NetworkStages { get; init; }

    /// <summary>Whether the tuned stages are part of the model.</summary>
    public required bool Kept { get; init; }

    /// <summary>The number of training images that chose the epoch, and between the stages and the head alone.</summary>
    public required int HeldOutImages { get; init; }

    public required double? HeldOutAccuracyOfHead { get; init; }

    public required double? HeldOutAccuracyOfTuned { get; init; }

    /// <summary>The accuracy of the head alone on the validation images.</summary>
    public required double AccuracyOfHead { get; init; }

    public required IntervalReport AccuracyOfHeadInterval { get; init; }

    public required int Epochs { get; init; }

    public required int BestEpoch { get; init; }

    /// <summary>Null where training was canceled before it was found.</summary>
    public required double? LearningRate { get; init; }

    /// <summary>Whether the stages learned from the held-out images too in the end.</summary>
    public required bool OfAllImages { get; init; }

    /// <summary>The size of the maps that the stages begin with.</summary>
    public required long MapBytes { get; init; }

    /// <summary>Why the maps were computed in each epoch; null where they were kept.</summary>
    public required string? MapsNotKept { get; init; }

    public required double Seconds { get; init; }

    public static StageTuningReport? Of(StageTuningResult? tuning) => tuning is null ? null : new StageTuningReport
    {
        Stages = tuning.Stages,
        NetworkStages = tuning.NetworkStages,
        Kept = tuning.IsKept,
        HeldOutImages = tuning.HeldOutImages,
        HeldOutAccuracyOfHead = Known(tuning.HeadAccuracy),
        HeldOutAccuracyOfTuned = Known(tuning.TunedAccuracy),
        AccuracyOfHead = tuning.HeadMetrics.Accuracy,
        AccuracyOfHeadInterval = IntervalReport.Of(tuning.HeadMetrics),
        Epochs = tuning.History.Count,
        BestEpoch = tuning.BestEpoch,
        LearningRate = Known(tuning.LearningRate),
        OfAllImages = tuning.IsOfAllImages,
        MapBytes = tuning.MapBytes,
        MapsNotKept = tuning.MapsNotKept,
        Seconds = tuning.Seconds,
    };

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
