using TransferLearning.Heads;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Distillation;

namespace TransferLearning.Strategies.PreTraining;

/// <summary>The forms of an architecture's network: the one that is trained, the one without a classifier, and the classifier.</summary>
internal static class TrainingGraph
{
    /// <summary>The output before the classifier.</summary>
    public const string Features = "features";

    /// <summary>The output of the classifier.</summary>
    public const string Logits = "logits";

    /// <summary>The output that is compared with a teacher's features, in training only.</summary>
    public const string TeacherFeatures = "teacher/features";

    /// <summary>The network as it is trained: from the image to the logits, and with a teacher to a map of the features.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="teacherFeatures">The number of the teacher's features; 0 without a teacher.</param>
    /// <param name="seed">Decides the weights of the map.</param>
    public static Graph ForTraining(Graph graph, int teacherFeatures, int seed)
    {
        Graph labels = GraphCut.At(graph, Logits);
        return teacherFeatures == 0 ? labels : TeacherMap.Add(labels, Features, TeacherFeatures, teacherFeatures, seed);
    }

    /// <summary>The classifier of a network.</summary>
    public static LinearHead ClassifierOf(Graph graph)
    {
        Node classifier = graph.Nodes.Single(n => n.Outputs.Contains(Logits));
        Tensor weights = graph.Initializers[classifier.Inputs[1]], bias = graph.Initializers[classifier.Inputs[2]];
        return new LinearHead(weights.Shape[0], weights.Shape[1], weights.Floats, bias.Floats);
    }
}
