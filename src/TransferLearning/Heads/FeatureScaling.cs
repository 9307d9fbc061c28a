namespace TransferLearning.Heads;

/// <summary>How bottlenecks are scaled before training. The scaling is folded into the head, so it costs nothing later.</summary>
public enum FeatureScaling
{
    /// <summary>
    /// Each feature minus its mean; all divided by one common scale, so that features that vary much keep their influence.
    /// </summary>
    Common,

    /// <summary>Each feature minus its mean, divided by its own standard deviation.</summary>
    PerFeature,

    /// <summary>No scaling: the L2 penalty is on the weights of the unscaled features, as in scikit-learn.</summary>
    None,
}
