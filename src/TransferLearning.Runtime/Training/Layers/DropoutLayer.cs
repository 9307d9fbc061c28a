using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>
/// Sets a share of the values to 0, at random, and scales the others so that their sum stays what it is (Srivastava et al., 2014). What is
/// dropped depends on the seed, the step, the image's place in the batch and the element alone.
/// </summary>
internal sealed unsafe class DropoutLayer : TrainingLayer
{
    private readonly double _ratio;
    private readonly TrainingStepNumber _step;
    private readonly ulong _seed;

    /// <param name="name">The node's name.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="ratio">The share that is dropped, at least 0 and below 1.</param>
    /// <param name="step">The number of the current step.</param>
    /// <param name="seed">Distinguishes runs, and layers.</param>
    public DropoutLayer(string name, BatchMap input, BatchMap output, double ratio, TrainingStepNumber step, ulong seed)
        : base(name, output, input)
    {
        (_ratio, _step, _seed) = (ratio, step, seed);
    }

    public override long ScratchLength => Inputs[0].GradientLayout.Length;

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward =>
        Inputs[0].NeedsGradient ? [BackwardByImages(Differentiate)] : [];

    private void Compute(int image, TrainingWorkspace workspace)
    {
        MapView input = MapReader.Load(Inputs[0], image, 1, Inputs[0].GradientLayout, workspace.Scratch);
        Drop(image, input, new MapView(Output.ImageAt(image), Output.Layout), adds: false);
    }

    private void Differentiate(int image, TrainingWorkspace workspace) => Drop(
        image,
        new MapView(Output.GradientAt(image), Output.GradientLayout),
        new MapView(Inputs[0].GradientAt(image), Inputs[0].GradientLayout),
        Adds(0));

    private void Drop(int image, MapView source, MapView target, bool adds)
    {
        float factor = (float)(1 / (1 - _ratio));
        ulong threshold = (ulong)(_ratio * ulong.MaxValue), element = 0;
        ulong key = Mix(_seed ^ Mix(((ulong)_step.Value << 32) | (uint)image));
        for (int p = 0; p < source.Layout.Height * source.Layout.Width; p++)
        {
            float* a = source.PixelAt(p), b = target.PixelAt(p);
            for (int c = 0; c < source.Layout.Channels; c++)
            {
                float kept = Mix(key + (element++ * 0x9E3779B97F4A7C15)) < threshold ? 0 : a[c] * factor;
                b[c] = adds ? b[c] + kept : kept;
            }
        }
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
