using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Training.Layers;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Training.Lowering;

/// <summary>A graph as layers in the order of the forward pass, with their maps and parameters.</summary>
internal sealed class LoweredTraining(Graph graph) : IDisposable
{
    public Graph Graph { get; } = graph;

    public List<TrainingLayer> Layers { get; } = [];

    public List<BatchMap> Maps { get; } = [];

    public List<ChannelActivation> Activations { get; } = [];

    public ParameterSet Parameters { get; } = new();

    /// <summary>The running statistics of the normalizations, by the names of the graph's initializers.</summary>
    public List<(string Name, float[] Values)> Statistics { get; } = [];

    public TrainingStepNumber Step { get; } = new();

    public BatchMap Input { get; set; } = null!;

    public CrossEntropyLayer Loss { get; set; } = null!;

    /// <summary>Compares features with a teacher's; null where that is not asked for.</summary>
    public FeatureDistillationLayer? FeatureLoss { get; set; }

    /// <summary>Compares logits with a teacher's; null where that is not asked for.</summary>
    public LogitDistillationLayer? LogitLoss { get; set; }

    public void Dispose()
    {
        Parameters.Dispose();
        foreach (IDisposable owner in Layers.Cast<IDisposable>().Concat(Activations))
        {
            owner.Dispose();
        }
    }
}
