using TransferLearning.Runtime.Training.Networks;

namespace TransferLearning.Runtime.Training.Optimization;

/// <summary>Adam (Kingma and Ba, 2015) with weight decay that is decoupled from the gradient (Loshchilov and Hutter, 2019).</summary>
internal sealed unsafe class AdamWOptimizer(TrainableNetwork network, OptimizerOptions options) : Optimizer(network, options, arrays: 2)
{
    protected override void Update(ParameterRange range, float* values, float* gradients)
    {
        double rate = Rate * range.RateFactor;
        var step = new AdamWStep(
            (float)(rate / (1 - Math.Pow(Options.Beta1, Steps))),
            range.Decays ? (float)(1 - (rate * Options.WeightDecay)) : 1,
            (float)Options.Beta1,
            (float)Options.Beta2,
            (float)(1 / Math.Sqrt(1 - Math.Pow(Options.Beta2, Steps))),
            (float)Options.Epsilon,
            GradientScale);
        OptimizerKernels.AdamW(values, gradients, StateAt(0, range), StateAt(1, range), range.Length, step);
    }
}
