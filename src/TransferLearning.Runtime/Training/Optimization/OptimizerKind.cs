namespace TransferLearning.Runtime.Training.Optimization;

/// <summary>The optimizers.</summary>
internal enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,
}
