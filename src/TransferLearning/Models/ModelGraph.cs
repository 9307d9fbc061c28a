using System.Collections.Immutable;
using TransferLearning.Retraining;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Models;

/// <summary>Puts a head onto a backbone's graph.</summary>
internal static class ModelGraph
{
    /// <summary>The name of a model's only output, [N, classes].</summary>
    public const string OutputName = "probabilities";

    private const string Prefix = "transferlearning/head/";

    public static Graph Join(Graph backbone, LinearHead head)
    {
        ValueInfo features = backbone.Outputs[0];
        string weights = Prefix + "weights", bias = Prefix + "bias", vector = Prefix + "features", logits = Prefix + "logits";
        ImmutableArray<Node>.Builder nodes = backbone.Nodes.ToBuilder();
        if (features.Shape.Rank == 2)
        {
            vector = features.Name;
        }
        else
        {
            nodes.Add(new Node("Flatten", vector, [features.Name], [vector], NodeAttributes.None.With("axis", 1L)));
        }

        nodes.Add(new Node("Gemm", logits, [vector, weights, bias], [logits], NodeAttributes.None.With("transB", 1L)));
        nodes.Add(new Node("Softmax", OutputName, [logits], [OutputName], NodeAttributes.None.With("axis", 1L)));
        return backbone with
        {
            Nodes = nodes.ToImmutable(),
            Outputs = [new ValueInfo(OutputName, ElementType.Float32, new Shape(-1, head.Classes))],
            Initializers = backbone.Initializers
                .Add(weights, Tensor.Create(new Shape(head.Classes, head.FeatureSize), head.Weights.ToArray()))
                .Add(bias, Tensor.Create(new Shape(head.Classes), head.Bias.ToArray())),
        };
    }
}
