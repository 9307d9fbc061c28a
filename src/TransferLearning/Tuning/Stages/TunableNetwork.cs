using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models.Saving;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Stages;

namespace TransferLearning.Tuning.Stages;

/// <summary>
/// A backbone divided into what stays as it is and its last stages, which are trained together with a head. Immutable.
/// </summary>
internal sealed class TunableNetwork
{
    /// <summary>All stages of a network, whatever their number.</summary>
    public const int AllStages = int.MaxValue;

    private readonly Backbone _backbone;
    private readonly NetworkStages _stages;
    private readonly Graph _graph;

    private TunableNetwork(Backbone backbone, int stages, Graph graph, NetworkStages division)
    {
        (_backbone, _graph, _stages) = (backbone, graph, division);
        Stages = Math.Min(stages, division.Count);
        Boundary = division.Before(Stages);
        Lower = Boundary is { } boundary ? GraphCut.At(graph, boundary.Value) : null;
    }

    /// <summary>The number of stages that are trained.</summary>
    public int Stages { get; }

    /// <summary>The number of stages of the network.</summary>
    public int StageCount => _stages.Count;

    /// <summary>The map that the trained stages begin with; null where they begin with the image.</summary>
    public StageBoundary? Boundary { get; }

    /// <summary>What stays as it is, from the image to the boundary; null where everything is trained.</summary>
    public Graph? Lower { get; }

    /// <summary>A name for messages.</summary>
    public string Name => StageCount == 1 ? $"the only stage of {_backbone.Name}"
        : Stages == StageCount ? $"all {StageCount} stages of {_backbone.Name}"
        : Stages == 1 ? $"the last of {StageCount} stages of {_backbone.Name}"
        : $"the last {Stages} of {StageCount} stages of {_backbone.Name}";

    /// <summary>Whether the trained stages have batch normalizations that are not folded into convolutions.</summary>
    public bool HasNormalization => Tail(AnyHead).Nodes.Any(n => n.OperatorName == "BatchNormalization");

    private LinearHead AnyHead => new(2, _backbone.FeatureSize, new float[2 * _backbone.FeatureSize], new float[2]);

    /// <summary>Divides a backbone.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="stages">The number of last stages to train, from 1; <see cref="AllStages"/> for all.</param>
    /// <exception cref="TransferLearningException">The network has fewer stages, or cannot be divided.</exception>
    public static TunableNetwork Of(Backbone backbone, int stages)
    {
        try
        {
            var input = new Shape(1, backbone.Graph.Inputs[0].Shape[1], backbone.Preprocessing.Height, backbone.Preprocessing.Width);

            // With the shapes known, what depends on them alone does not join the stages.
            Graph graph = ConstantFolding.Run(
                backbone.Graph.WithInputShapes(new Dictionary<string, Shape> { [backbone.Graph.Inputs[0].Name] = input }));
            var division = NetworkStages.Of(graph);
            return stages <= division.Count || stages == AllStages
                ? new TunableNetwork(backbone, stages, graph, division)
                : throw new TransferLearningException(
                    $"{stages} stages are to be trained, but the network '{backbone.Name}' has {division.Count}: give 1 to "
                    + $"{division.Count}, or all");
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"the network '{backbone.Name}' cannot be divided into stages: {e.Message}", e);
        }
    }

    /// <summary>The trained stages and the head: from the boundary, or the image, to the logits.</summary>
    public Graph Tail(LinearHead head)
    {
        Graph logits = GraphCut.At(ModelGraph.Join(_graph, head), ModelGraph.LogitsName);
        Graph tail = Boundary is { } boundary ? GraphTail.From(logits, boundary) : logits;
        return GraphOptimizer.RunForTraining(tail);
    }

    /// <summary>Checks that all operators of the trained stages can be trained, and that the network can take the weights.</summary>
    /// <exception cref="TransferLearningException">It is not so; the message names the operator or the weights.</exception>
    public void CheckTrainable()
    {
        try
        {
            using var network =
                TrainableNetwork.Compile(Tail(AnyHead), new TrainableNetworkOptions { MaxImages = 1, Threads = 1 });
            Graph own = WeightSeparation.Run(_backbone.Graph);
            foreach (string name in network.Parameters.Parameters.Select(p => p.Name).Where(n => !ModelGraph.IsOfHead(n)))
            {
                RequireOwn(name, own);
            }
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"{Name} cannot be trained: {e.Message}", e);
        }
    }

    private void RequireOwn(string weights, Graph own)
    {
        if (!own.Initializers.ContainsKey(weights))
        {
            throw new TransferLearningException(
                $"{Name} cannot be trained: the weights '{weights}' are computed from others; export the network with constant weights");
        }

        if (Lower?.Initializers.ContainsKey(weights) == true)
        {
            throw new TransferLearningException(
                $"{Name} cannot be trained: a stage below uses the weights '{weights}' too; train more stages, or all");
        }
    }

    /// <summary>What the learning rate of a parameter of <see cref="Tail"/> is multiplied by.</summary>
    /// <param name="tail">The trained stages.</param>
    /// <param name="lowerStageRate">The rate of a stage, as a share of that of the stage above.</param>
    public Func<string, double> RateFactors(Graph tail, double lowerStageRate)
    {
        var factors = new Dictionary<string, double>(StringComparer.Ordinal);
        double factor = 1;

        // From the top: what lies below a boundary gets a lower rate than what lies above.
        foreach (StageBoundary boundary in _stages.Boundaries.Skip(StageCount - Stages).Reverse())
        {
            factor *= lowerStageRate;
            foreach (string name in GraphCut.At(tail, boundary.Value).Initializers.Keys)
            {
                factors[name] = factor;
            }
        }

        return name => factors.GetValueOrDefault(name, 1);
    }

    /// <summary>The backbone with trained weights, and the head.</summary>
    /// <param name="trained">As <see cref="Tail"/> gave it, with other weights.</param>
    public (Backbone Backbone, LinearHead Head) Join(Graph trained) =>
        (_backbone.WithGraph(TrainedWeights.PutInto(trained, _backbone.Graph)), ModelGraph.Split(trained).Heads[0]);
}
