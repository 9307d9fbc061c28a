using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>
/// A loss that compares an output of the network with what a teacher computed for the same images: a mean over them, with the weights that
/// they have in the cross-entropy. It has no output of its own.
/// </summary>
/// <param name="name">The name, for profiles.</param>
/// <param name="compared">The output, a vector per image.</param>
/// <param name="labels">The loss of the labels, which has the weights of the images.</param>
/// <param name="weight">What the loss is multiplied by.</param>
internal abstract unsafe class DistillationLayer(string name, BatchMap compared, CrossEntropyLayer labels, double weight)
    : TrainingLayer(name, compared, compared)
{
    private float[] _targets = [];
    private double[] _losses = [];
    private bool _isActive;

    public override long ScratchLength => Inputs[0].GradientLayout.Length;

    public override IEnumerable<TrainingPhase> Forward => [TrainingPhase.PerImage(Name, Compute)];

    public override IEnumerable<TrainingPhase> Backward => [BackwardByImages(Differentiate)];

    /// <summary>The values that are compared per image.</summary>
    public int Size => Inputs[0].Layout.Channels;

    public override void Prepare(int maxImages)
    {
        _targets = new float[(long)maxImages * Size];
        _losses = new double[maxImages];
    }

    /// <summary>Sets what the teacher computed for the images of the next step.</summary>
    /// <param name="targets">[images, size]; empty for no teacher in this step.</param>
    /// <param name="images">The number of images.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    public void SetTargets(ReadOnlySpan<float> targets, int images)
    {
        _isActive = !targets.IsEmpty;
        if (_isActive && targets.Length != images * Size)
        {
            throw new ArgumentException(
                $"{targets.Length} values of a teacher are not {images} images of {Size} values", nameof(targets));
        }

        targets.CopyTo(_targets);
    }

    /// <summary>The loss of the last forward pass, with its weight.</summary>
    public double Loss(int images)
    {
        double loss = 0;
        for (int i = 0; i < images && _isActive; i++)
        {
            loss += labels.WeightOf(i) * _losses[i];
        }

        return weight * loss;
    }

    /// <summary>The loss of one image.</summary>
    /// <param name="output">[size]: what the network computed.</param>
    /// <param name="target">[size]: what the teacher computed.</param>
    protected abstract double LossOf(ReadOnlySpan<float> output, ReadOnlySpan<float> target);

    /// <summary>Computes the gradient of one image's loss by the output.</summary>
    /// <param name="output">[size]: what the network computed.</param>
    /// <param name="target">[size]: what the teacher computed.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="gradient">[size]: receives the gradient, which is added to what is there.</param>
    protected abstract void AddGradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double scale, Span<float> gradient);

    private void Compute(int image, TrainingWorkspace workspace)
    {
        if (_isActive)
        {
            _losses[image] = LossOf(Read(image, workspace), Target(image));
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        var gradient = new Span<float>(Inputs[0].GradientAt(image), Size);
        if (!Adds(0))
        {
            gradient.Clear();
        }

        if (_isActive)
        {
            AddGradient(Read(image, workspace), Target(image), weight * labels.WeightOf(image), gradient);
        }
    }

    private ReadOnlySpan<float> Read(int image, TrainingWorkspace workspace) =>
        new(MapReader.Load(Inputs[0], image, 1, Inputs[0].GradientLayout, workspace.Scratch).Origin, Size);

    private ReadOnlySpan<float> Target(int image) => _targets.AsSpan(image * Size, Size);
}
