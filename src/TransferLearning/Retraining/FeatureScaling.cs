namespace TransferLearning.Retraining;

/// <summary>How bottlenecks are scaled before training. The scaling is folded into the head, so it costs nothing later.</summary>
public enum FeatureScaling
{
    /// <summary>Each feature less its mean; all features over one common scale, so that strong features stay strong.</summary>
    Common,

    /// <summary>Each feature less its mean, over its own standard deviation.</summary>
    PerFeature,

    /// <summary>
    /// As they are, but for the mean, which is taken off here too: the biases, on which there is no penalty, make up for it exactly.
    /// </summary>
    None,
}
