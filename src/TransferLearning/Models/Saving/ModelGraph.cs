using System.Collections.Immutable;
using TransferLearning.Heads;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Models.Saving;

/// <summary>Joins heads to a backbone's graph, and finds them again in a model's graph.</summary>
internal static class ModelGraph
{
    /// <summary>The name of a model's only output, [N, classes].</summary>
    public const string OutputName = "probabilities";

    /// <summary>The name of the logits of a model with one head, [N, classes].</summary>
    public const string LogitsName = Prefix + "logits";

    private const string Prefix = "transferlearning/head/";

    /// <summary>The heads of a model, and the name of the features that they classify, [N, FeatureSize].</summary>
    /// <exception cref="TransferLearningException">The graph has no head. The message lacks its subject, the file's name.</exception>
    public static (IReadOnlyList<LinearHead> Heads, string Features) Split(Graph model) => TrySplit(model)
        ?? throw new TransferLearningException($"is damaged: expected a head '{Prefix}logits' with weights and biases");

    /// <summary>The heads of a model, and the name of the features that they classify; null where there is none.</summary>
    public static (IReadOnlyList<LinearHead> Heads, string Features)? TrySplit(Graph model)
    {
        var heads = new List<LinearHead>();
        string? shared = null;
        foreach (Node node in model.Nodes.Where(n => n.OperatorName == "Gemm" && IsLogits(n.Name)))
        {
            if (node.Inputs is not [string features, string weightsName, string biasName]
                || features != (shared ?? features)
                || !model.Initializers.TryGetValue(weightsName, out Tensor? weights)
                || !model.Initializers.TryGetValue(biasName, out Tensor? bias)
                || weights.Type != ElementType.Float32 || bias.Type != ElementType.Float32
                || weights.Shape.Rank != 2 || bias.Shape.Length != weights.Shape[0])
            {
                return null;
            }

            shared = features;
            heads.Add(new LinearHead((int)weights.Shape[0], (int)weights.Shape[1], weights.Floats, bias.Floats));
        }

        return shared is null ? null : (heads, shared);
    }

    /// <summary>The backbone's own output, which the features of a model are a view of.</summary>
    public static string BackboneOutput(Graph model, string features) => features == Prefix + "features"
        ? model.Nodes.First(n => n.Name == features).Inputs[0]
        : features;

    /// <summary>One head on a backbone: the output is its probabilities.</summary>
    public static Graph Join(Graph backbone, LinearHead head) => Join(backbone, [head]);

    /// <summary>Several heads on a backbone: the output is the mean of their probabilities.</summary>
    public static Graph Join(Graph backbone, IReadOnlyList<LinearHead> heads)
    {
        ValueInfo features = backbone.Outputs[0];
        string vector = features.Shape.Rank == 2 ? features.Name : Prefix + "features";
        var nodes = backbone.Nodes.ToBuilder();
        var initializers = backbone.Initializers.ToBuilder();
        if (features.Shape.Rank != 2)
        {
            nodes.Add(new Node("Flatten", vector, [features.Name], [vector], NodeAttributes.None.With("axis", 1L)));
        }

        string[] outputs = [.. heads.Select((head, i) =>
            Add(nodes, initializers, head, vector, heads.Count == 1 ? Prefix : $"{Prefix}{i + 1}/", heads.Count == 1 ? OutputName : null))];
        if (heads.Count > 1)
        {
            AddMean(nodes, initializers, outputs);
        }

        return backbone with
        {
            Nodes = nodes.ToImmutable(),
            Outputs = [new ValueInfo(OutputName, ElementType.Float32, new Shape(-1, heads[0].Classes))],
            Initializers = initializers.ToImmutable(),
        };
    }

    /// <summary>A pre-trained classifier with a softmax after its logits.</summary>
    public static Graph AddSoftmax(Graph classifier, int classes)
    {
        ValueInfo logits = classifier.Outputs[0];
        var nodes = classifier.Nodes.ToBuilder();
        string vector = logits.Shape.Rank == 2 ? logits.Name : Prefix + "logits";
        if (logits.Shape.Rank != 2)
        {
            nodes.Add(new Node("Flatten", vector, [logits.Name], [vector], NodeAttributes.None.With("axis", 1L)));
        }

        nodes.Add(new Node("Softmax", OutputName, [vector], [OutputName], NodeAttributes.None.With("axis", 1L)));
        return classifier with
        {
            Nodes = nodes.ToImmutable(),
            Outputs = [new ValueInfo(OutputName, ElementType.Float32, new Shape(-1, classes))],
        };
    }

    /// <summary>Whether weights are of a head.</summary>
    public static bool IsOfHead(string weights) => weights.StartsWith(Prefix, StringComparison.Ordinal);

    private static bool IsLogits(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith("logits", StringComparison.Ordinal);

    /// <summary>Adds one head.</summary>
    /// <returns>The name of its probabilities.</returns>
    private static string Add(
        ImmutableArray<Node>.Builder nodes,
        ImmutableDictionary<string, Tensor>.Builder initializers,
        LinearHead head,
        string vector,
        string prefix,
        string? outputName)
    {
        string weights = prefix + "weights", bias = prefix + "bias", logits = prefix + "logits";
        string output = outputName ?? (prefix + "probabilities");
        nodes.Add(new Node("Gemm", logits, [vector, weights, bias], [logits], NodeAttributes.None.With("transB", 1L)));
        nodes.Add(new Node("Softmax", output, [logits], [output], NodeAttributes.None.With("axis", 1L)));
        initializers.Add(weights, Tensor.Create(new Shape(head.Classes, head.FeatureSize), head.Weights.ToArray()));
        initializers.Add(bias, Tensor.Create(new Shape(head.Classes), head.Bias.ToArray()));
        return output;
    }

    private static void AddMean(
        ImmutableArray<Node>.Builder nodes, ImmutableDictionary<string, Tensor>.Builder initializers, string[] outputs)
    {
        string sum = outputs[0], factor = Prefix + "factor";
        for (int i = 1; i < outputs.Length; i++)
        {
            string next = $"{Prefix}{i + 1}/sum";
            nodes.Add(new Node("Add", next, [sum, outputs[i]], [next], NodeAttributes.None));
            sum = next;
        }

        nodes.Add(new Node("Mul", OutputName, [sum, factor], [OutputName], NodeAttributes.None));
        initializers.Add(factor, Tensor.Create(new Shape(1), new[] { 1f / outputs.Length }));
    }
}
