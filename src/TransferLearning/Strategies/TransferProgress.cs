using TransferLearning.Bottlenecks;
using TransferLearning.Heads;

namespace TransferLearning;

/// <summary>How far a pipeline is. Immutable.</summary>
/// <remarks>
/// Reported from the working threads, images at most ten times a second. An <see cref="IProgress{T}"/> that is called at once must be
/// thread-safe and quick, for it holds up the work; <see cref="Progress{T}"/> queues the reports instead, in no guaranteed order.
/// </remarks>
public sealed record TransferProgress
{
    /// <summary>What the pipeline is doing.</summary>
    public required TransferStage Stage { get; init; }

    /// <summary>The name of the data set that it is doing it with.</summary>
    public required string Data { get; init; }

    /// <summary>The number of images, epochs or folds finished.</summary>
    public required int Done { get; init; }

    /// <summary>The number of all images, the largest number of epochs, or the number of all folds.</summary>
    public required int Total { get; init; }

    /// <summary>How fast images are extracted; null in other stages.</summary>
    public ExtractionProgress? Extraction { get; init; }

    /// <summary>The figures of the last epoch; null in other stages.</summary>
    public EpochProgress? Epoch { get; init; }
}
