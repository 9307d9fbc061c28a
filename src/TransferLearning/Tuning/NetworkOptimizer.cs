namespace TransferLearning.Tuning;

/// <summary>How the layers of a network follow their gradients.</summary>
public enum NetworkOptimizer
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019).</summary>
    AdamW,
}
