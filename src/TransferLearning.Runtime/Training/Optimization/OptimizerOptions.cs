using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Training.Optimization;

/// <summary>How an optimizer changes parameters.</summary>
internal sealed record OptimizerOptions
{
    public OptimizerKind Kind { get; init; } = OptimizerKind.Sgd;

    /// <summary>The momentum of stochastic gradient descent.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether the momentum looks ahead (Nesterov, 1983).</summary>
    public bool UsesNesterov { get; init; }

    /// <summary>The decay of weights; biases and normalizations do not decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The decay of Adam's first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The decay of Adam's second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What Adam adds to the root of the second moment.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The norm that gradients are scaled down to; null for no limit.</summary>
    public double? MaxGradientNorm { get; init; }

    /// <summary>What the learning rate of a parameter is multiplied by; 0 for one that does not learn. Null: 1 for all.</summary>
    public Func<Parameter, double>? RateFactor { get; init; }
}
