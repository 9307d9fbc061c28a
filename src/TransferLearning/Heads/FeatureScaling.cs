namespace TransferLearning.Heads;

/// <summary>How bottlenecks are scaled before training. The scaling is folded into the head, so it costs nothing later.</summary>
public enum FeatureScaling
{
    /// <summary>Each feature less its mean; all features over one common scale, so that strong features stay strong.</summary>
    Common,

    /// <summary>Each feature less its mean, over its own standard deviation.</summary>
    PerFeature,

    /// <summary>As they are: the L2 penalty is on the weights of the unscaled features, as in scikit-learn.</summary>
    None,
}
