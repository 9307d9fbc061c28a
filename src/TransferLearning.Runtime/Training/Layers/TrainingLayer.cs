using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>
/// A layer in training: computes its output from its inputs, and from the gradient of its output those of its inputs and parameters. Used
/// by one step at a time.
/// </summary>
internal abstract class TrainingLayer(string name, BatchMap output, params BatchMap[] inputs) : IDisposable
{
    private bool[] _adds = [];
    private bool[] _completes = [];

    /// <summary>The name of the node, for profiles and messages.</summary>
    public string Name { get; } = name;

    public BatchMap Output { get; } = output;

    public IReadOnlyList<BatchMap> Inputs { get; } = inputs;

    /// <summary>The floats that each thread needs.</summary>
    public virtual long ScratchLength => 0;

    /// <summary>The floats that all threads share while the layer runs.</summary>
    public virtual long SharedLength => 0;

    /// <summary>The parts of the forward pass, one after the other.</summary>
    public abstract IEnumerable<TrainingPhase> Forward { get; }

    /// <summary>The parts of the backward pass.</summary>
    public abstract IEnumerable<TrainingPhase> Backward { get; }

    /// <summary>Prepares the layer, once all layouts are known.</summary>
    /// <param name="maxImages">The largest number of images of a batch.</param>
    public virtual void Prepare(int maxImages)
    {
    }

    /// <summary>
    /// Whether an item of work computes whole images, of the output and of the inputs' gradients; otherwise it computes some channels of
    /// all images.
    /// </summary>
    public virtual bool WorksByImages => true;

    /// <summary>Sets for each input what this layer's gradient is among those of all layers, in the order of the backward pass.</summary>
    /// <param name="adds">Whether it is added to that of layers before.</param>
    /// <param name="completes">Whether it is the last one.</param>
    public void SetOrder(bool[] adds, bool[] completes) => (_adds, _completes) = (adds, completes);

    public void Dispose() => Release();

    /// <summary>Frees the memory of the layer's own.</summary>
    protected virtual void Release()
    {
    }

    /// <summary>Whether the gradient of an input is added to one that is there.</summary>
    protected bool Adds(int input) => _adds[input];

    /// <summary>A phase of the forward pass that computes image by image.</summary>
    protected TrainingPhase ForwardByImages(Action<int, TrainingWorkspace> run) => TrainingPhase.PerImage(Name, (image, workspace) =>
    {
        run(image, workspace);
        TellOfImages(image, 1);
    });

    /// <summary>A phase of the backward pass that computes the gradients of the inputs image by image.</summary>
    protected TrainingPhase BackwardByImages(Action<int, TrainingWorkspace> run) =>
        TrainingPhase.PerImage($"{Name}: gradients", (image, workspace) =>
        {
            run(image, workspace);
            TellOfGradients(image, 1);
        });

    /// <summary>Tells of images of the output that are complete.</summary>
    protected void TellOfImages(int image, int count)
    {
        for (int i = image; i < image + count; i++)
        {
            Output.ImageComplete?.Invoke(i);
        }
    }

    /// <summary>Tells of images of the inputs' gradients that are complete.</summary>
    protected void TellOfGradients(int image, int count)
    {
        for (int input = 0; input < Inputs.Count; input++)
        {
            for (int i = image; i < image + count && _completes[input]; i++)
            {
                Inputs[input].GradientComplete?.Invoke(i);
            }
        }
    }
}
