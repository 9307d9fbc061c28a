namespace TransferLearning;

/// <summary>What a pipeline is doing.</summary>
public enum TransferStage
{
    /// <summary>Running images through the backbone, or finding their bottlenecks in the cache. Counted in images.</summary>
    Extracting,

    /// <summary>Training the head. Counted in epochs; training may end before the last one.</summary>
    Training,

    /// <summary>Training and evaluating heads for a cross-validation. Counted in folds.</summary>
    CrossValidating,

    /// <summary>Reading and decoding the images that a network is then trained on. Counted in images.</summary>
    Reading,

    /// <summary>
    /// Training the layers of a network. Counted in epochs; training may end before the last one.
    /// <see cref="TransferProgress.Network"/> tells of the epoch that has begun.
    /// </summary>
    TrainingNetwork,
}
