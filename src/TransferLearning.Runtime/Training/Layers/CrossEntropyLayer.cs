using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>
/// The cross-entropy of softmax probabilities and target probabilities, a weighted mean over the images. It has no output: its gradient is
/// that of the logits.
/// </summary>
internal sealed unsafe class CrossEntropyLayer(BatchMap logits) : TrainingLayer("loss", logits, logits)
{
    private float[] _targets = [];
    private float[] _weights = [];
    private double[] _losses = [];
    private float[] _probabilities = [];

    public override long ScratchLength => Inputs[0].GradientLayout.Length;

    public override IEnumerable<TrainingPhase> Forward => [TrainingPhase.PerImage(Name, Compute)];

    public override IEnumerable<TrainingPhase> Backward => [BackwardByImages(Differentiate)];

    /// <summary>What loss and gradient are multiplied by.</summary>
    public double Scale { get; set; } = 1;

    private int Classes => Inputs[0].Layout.Channels;

    public override void Prepare(int maxImages)
    {
        _targets = new float[(long)maxImages * Classes];
        _weights = new float[maxImages];
        _losses = new double[maxImages];
        _probabilities = new float[(long)maxImages * Classes];
    }

    /// <summary>Sets what the batch should give.</summary>
    /// <param name="targets">[images, classes]: probabilities.</param>
    /// <param name="weights">[images]; empty for equal weights.</param>
    public void SetTargets(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        targets.CopyTo(_targets);
        int images = targets.Length / Classes;
        if (weights.IsEmpty)
        {
            _weights.AsSpan(0, images).Fill(1f / images);
            return;
        }

        double sum = 0;
        foreach (float weight in weights)
        {
            sum += weight;
        }

        for (int i = 0; i < images; i++)
        {
            _weights[i] = (float)(weights[i] / sum);
        }
    }

    /// <summary>The weight of an image in the mean; all weights of a batch add up to 1.</summary>
    public float WeightOf(int image) => _weights[image];

    /// <summary>The loss of the last forward pass.</summary>
    public double Loss(int images)
    {
        double loss = 0;
        for (int i = 0; i < images; i++)
        {
            loss += _weights[i] * _losses[i];
        }

        return Scale * loss;
    }

    /// <summary>The probabilities of the last forward pass, [images, classes].</summary>
    public ReadOnlySpan<float> Probabilities(int images) => _probabilities.AsSpan(0, images * Classes);

    private void Compute(int image, TrainingWorkspace workspace)
    {
        float* logits = MapReader.Load(Inputs[0], image, 1, Inputs[0].GradientLayout, workspace.Scratch).Origin;
        Span<float> probabilities = _probabilities.AsSpan(image * Classes, Classes);
        ReadOnlySpan<float> targets = _targets.AsSpan(image * Classes, Classes);
        double maximum = double.NegativeInfinity, sum = 0, loss = 0;
        for (int c = 0; c < Classes; c++)
        {
            maximum = Math.Max(maximum, logits[c]);
        }

        for (int c = 0; c < Classes; c++)
        {
            sum += Math.Exp(logits[c] - maximum);
        }

        double logSum = Math.Log(sum);
        for (int c = 0; c < Classes; c++)
        {
            double logProbability = logits[c] - maximum - logSum;
            loss -= targets[c] * logProbability;
            probabilities[c] = (float)Math.Exp(logProbability);
        }

        _losses[image] = loss;
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        float* gradient = Inputs[0].GradientAt(image);
        ReadOnlySpan<float> targets = _targets.AsSpan(image * Classes, Classes);
        double sum = 0;
        foreach (float target in targets)
        {
            sum += target;
        }

        for (int c = 0; c < Classes; c++)
        {
            float value = (float)(_weights[image] * Scale * ((sum * _probabilities[(image * Classes) + c]) - targets[c]));
            gradient[c] = Adds(0) ? gradient[c] + value : value;
        }
    }
}
