using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Tuning;

namespace TransferLearning;

/// <summary>How far a pipeline is. Immutable.</summary>
/// <remarks>
/// Thread-safe. Reports come from the working threads, those of images at most ten times per second. An <see cref="IProgress{T}"/> of your
/// own must be thread-safe and fast, because the work waits for it; <see cref="Progress{T}"/> queues the reports, in no guaranteed order.
/// </remarks>
public sealed record TransferProgress
{
    /// <summary>What the pipeline is doing.</summary>
    public required TransferStage Stage { get; init; }

    /// <summary>The name of the data set that is worked on.</summary>
    public required string Data { get; init; }

    /// <summary>The number of images, epochs or folds finished.</summary>
    public required int Done { get; init; }

    /// <summary>The number of all images, the largest number of epochs, or the number of all folds.</summary>
    public required int Total { get; init; }

    /// <summary>How fast images are extracted or read; null in other stages.</summary>
    public ExtractionProgress? Extraction { get; init; }

    /// <summary>The figures of the last epoch; null in other stages.</summary>
    public EpochProgress? Epoch { get; init; }

    /// <summary>How far the current epoch of <see cref="TransferStage.TrainingNetwork"/> is; null in other stages.</summary>
    public NetworkTrainingProgress? Network { get; init; }

    /// <summary>What will be done, before it begins: which stages are trained, and what that takes. Null otherwise.</summary>
    public StageTuningPlan? Plan { get; init; }
}
