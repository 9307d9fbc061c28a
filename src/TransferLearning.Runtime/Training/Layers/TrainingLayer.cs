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

    /// <summary>Sets for each input whether the gradient is added to that of layers before, in the order of the backward pass.</summary>
    public void SetAdds(bool[] adds) => _adds = adds;

    public void Dispose() => Release();

    /// <summary>Frees the memory of the layer's own.</summary>
    protected virtual void Release()
    {
    }

    /// <summary>Whether the gradient of an input is added to one that is there.</summary>
    protected bool Adds(int input) => _adds[input];
}
