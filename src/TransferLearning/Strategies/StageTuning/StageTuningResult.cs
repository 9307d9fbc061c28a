using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>What training the last stages of the network gave, beside the head alone. Immutable; thread-safe.</summary>
public sealed record StageTuningResult
{
    /// <summary>The number of last stages that were trained.</summary>
    public required int Stages { get; init; }

    /// <summary>The number of stages of the network.</summary>
    public required int NetworkStages { get; init; }

    /// <summary>
    /// True where the tuned stages do better on the held-out images and are part of the model; false where the head alone does.
    /// </summary>
    public required bool IsKept { get; init; }

    /// <summary>The number of training images that were held out: they chose the epoch, and between the tuned stages and the head
    /// alone.</summary>
    public required int HeldOutImages { get; init; }

    /// <summary>The accuracy of the head alone on the held-out images, 0..1.</summary>
    public required double HeadAccuracy { get; init; }

    /// <summary>The log loss of the head alone on the held-out images, at the temperature that suits it best.</summary>
    public required double HeadLoss { get; init; }

    /// <summary>The accuracy of the tuned stages on the held-out images, 0..1; NaN where no epoch ended.</summary>
    public required double TunedAccuracy { get; init; }

    /// <summary>The log loss of the tuned stages on the held-out images, at the temperature that suits them best; NaN where no epoch
    /// ended. The choice is by this.</summary>
    public required double TunedLoss { get; init; }

    /// <summary>
    /// How the head alone does on the validation images, at temperature 1; beside <see cref="FineTuningResult.Metrics"/>, it tells what
    /// tuning has brought. It chooses nothing.
    /// </summary>
    public required ClassificationMetrics HeadMetrics { get; init; }

    /// <summary>
    /// True where the kept stages were trained anew on all training images, for <see cref="BestEpoch"/> epochs; false where they are those
    /// of the training with held-out images, because training was canceled or diverged, or where they are not kept.
    /// </summary>
    public required bool IsOfAllImages { get; init; }

    /// <summary>The epochs of the training with held-out images, in order.</summary>
    public required IReadOnlyList<EpochProgress> History { get; init; }

    /// <summary>The epoch that did best on the held-out images, from 1; 0 where training was canceled or diverged before.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The full learning rate, as given or found; NaN where training was canceled before it was found.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The size of the maps that the stages begin with, for all images and views; 0 where they begin with the image.</summary>
    public required long MapBytes { get; init; }

    /// <summary>Why the maps were computed in each epoch; null where they were kept in the cache, or there are none.</summary>
    public required string? MapsNotKept { get; init; }

    /// <summary>The time that computing the maps and training took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>True where training was canceled before it ended by itself.</summary>
    public bool Canceled { get; init; }

    /// <summary>What the user should know of the training.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
