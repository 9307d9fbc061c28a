using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Stages;

namespace TransferLearning.Benchmarks.Training;

/// <summary>A network whose training is compared with PyTorch's: the same random weights, batches of seeded images, targets in
/// turn.</summary>
internal sealed class TrainingCase
{
    public const int Images = 32;
    private const int Seed = 1;

    private TrainingCase(string name, Graph graph) => (Name, Graph) = (name, graph);

    public static IReadOnlyDictionary<string, Func<TrainingCase>> All { get; } = new Dictionary<string, Func<TrainingCase>>
    {
        ["resnet18-64"] = static () => Whole("resnet18-64", Architectures.ResNet18(Seed, 64)),
        ["mobilenet_v2-128"] = static () => Whole("mobilenet_v2-128", Architectures.MobileNetV2(Seed, 128)),
        ["resnet18-last"] = static () => Tail("resnet18-last", Architectures.ResNet18(Seed), new Shape(1, 256, 14, 14)),
        ["vit_s-last"] = static () => new TrainingCase("vit_s-last", TransformerBlocks.Create(3, 197, 384, 6, classes: 1000)),
        ["mobilenet_v2-last"] = static () => Tail("mobilenet_v2-last", Architectures.MobileNetV2(Seed), new Shape(1, 96, 14, 14)),
    };

    public string Name { get; }

    public Graph Graph { get; }

    public int Classes => 1000;

    /// <summary>The images of a step, [images, height, width, channels].</summary>
    public float[] Batch(int step)
    {
        Shape shape = Graph.Inputs[0].Shape;
        var random = new Random(step);
        float[] values = new float[Images * shape.Length];
        foreach (ref float value in values.AsSpan())
        {
            value = (random.NextSingle() * 2) - 1;
        }

        return values;
    }

    /// <summary>The class of an image of a step.</summary>
    public int LabelOf(int step, int image) => ((step * 7) + (image * 31)) % Classes;

    /// <summary>The targets of a step, [images, classes].</summary>
    public float[] Targets(int step)
    {
        float[] targets = new float[Images * Classes];
        for (int i = 0; i < Images; i++)
        {
            targets[(i * Classes) + LabelOf(step, i)] = 1;
        }

        return targets;
    }

    public TrainableNetwork Compile(int threads, bool usesBatchStatistics) => TrainableNetwork.Compile(
        Graph,
        new TrainableNetworkOptions { MaxImages = Images, Threads = threads, UsesBatchStatistics = usesBatchStatistics });

    private static TrainingCase Whole(string name, Graph graph) => new(name, GraphCut.At(graph, "logits"));

    /// <summary>What follows the last value of a shape.</summary>
    private static TrainingCase Tail(string name, Graph graph, Shape shape)
    {
        graph = GraphCut.At(graph, "logits");
        IReadOnlyDictionary<string, TensorType> types = ShapeInference.Infer(graph);
        string value = graph.Nodes.Last(n => types[n.Output].Shape.Equals(shape)).Output;
        return new TrainingCase(name, GraphTail.From(graph, new StageBoundary(value, shape, ChannelAxis: 1)));
    }
}
