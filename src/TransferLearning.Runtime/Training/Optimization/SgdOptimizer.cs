using TransferLearning.Runtime.Training.Networks;

namespace TransferLearning.Runtime.Training.Optimization;

/// <summary>
/// Stochastic gradient descent: v = momentum * v + g + decay * w; w = w - rate * v, or with Nesterov's momentum
/// w = w - rate * (g + decay * w + momentum * v), as PyTorch defines them (Sutskever et al., 2013).
/// </summary>
internal sealed unsafe class SgdOptimizer(TrainableNetwork network, OptimizerOptions options) : Optimizer(network, options, arrays: 1)
{
    protected override void Update(ParameterRange range, float* values, float* gradients) => OptimizerKernels.Sgd(
        values,
        gradients,
        StateAt(0, range),
        range.Length,
        (float)(Rate * range.RateFactor),
        (float)Options.Momentum,
        range.Decays ? (float)Options.WeightDecay : 0,
        GradientScale,
        Options.UsesNesterov);
}
