namespace TransferLearning.Strategies;

/// <summary>How parallel training combines the segments' heads into one model.</summary>
public enum HeadCombination
{
    /// <summary>One head with the mean of the heads' weights: as small and fast as one. The default.</summary>
    Average,

    /// <summary>The head with the lowest log loss on the small set's training images, each predicted by a head that has not learned from
    /// it.
    /// </summary>
    Best,

    /// <summary>All heads side by side; the probabilities are the mean of theirs. Costs one head per segment in time and size.</summary>
    Ensemble,
}
