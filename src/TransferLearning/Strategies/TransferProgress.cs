using TransferLearning.Bottlenecks;
using TransferLearning.Heads;

namespace TransferLearning;

/// <summary>How far a pipeline is. Immutable.</summary>
public sealed record TransferProgress
{
    /// <summary>What is being done.</summary>
    public required TransferStage Stage { get; init; }

    /// <summary>The data set that it is done with.</summary>
    public required string Data { get; init; }

    /// <summary>Images, epochs or folds done.</summary>
    public required int Done { get; init; }

    /// <summary>All images, the largest number of epochs, or all folds.</summary>
    public required int Total { get; init; }

    /// <summary>How fast images are extracted; null in other stages.</summary>
    public ExtractionProgress? Extraction { get; init; }

    /// <summary>How the last epoch ended; null in other stages.</summary>
    public EpochProgress? Epoch { get; init; }
}
