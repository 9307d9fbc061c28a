using System.Collections.Immutable;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones.Features;

/// <summary>Finds the features of a network among its values.</summary>
internal static class FeatureFinder
{
    /// <summary>The name of the output that, where there is one, holds the features.</summary>
    public const string DefaultName = "features";

    /// <summary>Names that exporters give to an output with one vector per image, beside the tokens or maps that it comes from.</summary>
    private static readonly ImmutableArray<string> PoolerNames = ["pooler_output", "image_embeds"];

    /// <summary>Operators that only rearrange the elements of a map.</summary>
    private static readonly ImmutableArray<string> Flattening = ["Flatten", "Reshape", "Squeeze"];

    /// <summary>Operators between a convolution that classifies each pixel and the pooling.</summary>
    private static readonly ImmutableArray<string> Pointwise = ["Relu", "Identity", "Dropout", "BatchNormalization", "Clip"];

    /// <summary>
    /// The output called <c>features</c>; without one, an output called <c>pooler_output</c> or <c>image_embeds</c>; without one, the
    /// input of the last fully connected layer (Gemm, MatMul, or convolution of a single pixel) before an output, labels and probabilities
    /// left aside; where no such layer comes after the pooling, the output itself, or the input of a convolution that classifies each
    /// pixel before the pooling. It is one vector per image, or a map or tokens, which <see cref="FeatureGraph"/> pools.
    /// </summary>
    /// <exception cref="InvalidNetworkException">The network has none of these.</exception>
    public static string Find(Graph graph)
    {
        var values = new NetworkValues(graph);
        return Find(graph, values) ?? throw new InvalidNetworkException(
            $"no features were found before the output '{graph.Outputs[0].Name}': expected an output called '{DefaultName}', a pooling, "
            + $"or a fully connected layer. Name the value to use as features, with --features (BackboneOptions.FeaturesName in code)"
            + Listed(Candidates(graph, values, null)));
    }

    /// <summary>The values worth considering as features: the one that is found first, then the outputs and the last map.</summary>
    public static ImmutableArray<FeatureCandidate> Candidates(Graph graph)
    {
        var values = new NetworkValues(graph);
        return Candidates(graph, values, Find(graph, values));
    }

    /// <summary>Checks a name that the user gave.</summary>
    /// <exception cref="InvalidNetworkException">The network has no such value.</exception>
    public static string Check(Graph graph, string name) =>
        graph.Nodes.Any(n => n.Outputs.Contains(name))
            ? name
            : throw new InvalidNetworkException(
                $"there is no value '{name}' to use as features: the outputs are {string.Join(", ", graph.Outputs.Select(o => o.Name))}, "
                + $"and the output of any node can be named{Listed(Candidates(graph))}");

    private static string? Find(Graph graph, NetworkValues values) =>
        graph.Outputs.Any(o => o.Name == DefaultName)
            ? DefaultName
            : PoolerNames.FirstOrDefault(name => graph.Outputs.Any(o => o.Name == name) && values.IsVector(name))
                ?? graph.Outputs.Select(o => Before(values, o.Name)).FirstOrDefault(found => found is not null);

    /// <summary>The features that an output is computed from; null where there are none.</summary>
    private static string? Before(NetworkValues values, string output)
    {
        (string end, bool isClassifier) = NetworkEnd.Before(values, output);
        if (values.IsMap(end) || values.IsTokens(end))
        {
            return ChannelsFirst(values, end);
        }

        for (string value = end; values.Maker(value) is { } node && values.DataOf(node) is { } data; value = data)
        {
            // Of a value behind a node that is not supported, the shape may not be known: a product may then be one of tokens.
            if (node.OperatorName is "MatMul" or "Conv" && values.ShapeOf(data) is null)
            {
                return null;
            }

            if (node.OperatorName is "Gemm" or "MatMul" or "Conv" && !values.IsMap(data))
            {
                return data;
            }

            if (values.IsMap(data) && values.Maker(data) is not null)
            {
                return Flattening.Contains(node.OperatorName)
                    ? ChannelsFirst(values, data)
                    : Classified(values, node.OperatorName == "Conv" ? value : data, isClassifier) ?? end;
            }

            if (values.IsTokens(data) || node.OperatorName is "GlobalAveragePool" or "GlobalMaxPool" or "ReduceMean" or "AveragePool")
            {
                return end;
            }
        }

        return null;
    }

    /// <summary>
    /// The map that a convolution classifies pixel by pixel, as SqueezeNet does before its pooling; null where the map comes from anything
    /// else. Such a convolution has one output per class: fewer than it has inputs, or as many as ImageNet has classes.
    /// </summary>
    private static string? Classified(NetworkValues values, string map, bool isClassifier)
    {
        string value = map;
        while (values.Maker(value) is { } pointwise && Pointwise.Contains(pointwise.OperatorName))
        {
            value = pointwise.Inputs[0];
        }

        return values.Maker(value) is { OperatorName: "Conv" } convolution
            && values.ShapeOf(convolution.Inputs[1]) is { Rank: 4 } weights
            && (weights[2] == 1 || !values.IsMap(value))
            && (isClassifier || weights[0] is 1000 or 1001 || weights[0] < weights[1])
                ? convolution.Inputs[0]
                : null;
    }

    /// <summary>The map in the order that poolings expect, where a network ends in its conversion to NHWC.</summary>
    private static string ChannelsFirst(NetworkValues values, string map) =>
        values.IsMap(map) && values.Maker(map) is { OperatorName: "Transpose" } transpose
        && transpose.Attributes.Integers("perm") is [0, 2, 3, 1]
            ? transpose.Inputs[0]
            : map;

    private static ImmutableArray<FeatureCandidate> Candidates(Graph graph, NetworkValues values, string? chosen)
    {
        List<string> names = [.. graph.Outputs.Select(o => NetworkEnd.Before(values, o.Name).Value)];
        if (chosen is not null)
        {
            names.Insert(0, chosen);
        }

        names.AddRange(graph.Nodes.Reverse().Select(n => n.Outputs[0]).Where(values.IsMap).Take(1));
        names.AddRange(graph.Outputs.Select(o => o.Name));
        string[] logits = [.. graph.Outputs.Select(o => NetworkEnd.Logits(values, o.Name))];
        return
        [
            .. names.Distinct()
                .Where(name => values.IsVector(name) || values.IsMap(name) || values.IsTokens(name))
                .Select(name => new FeatureCandidate(name, values.ShapeOf(name)!, KindOf(name), name == chosen)),
        ];

        FeatureKind KindOf(string name) =>
            values.IsMap(name) ? FeatureKind.Map
            : values.IsTokens(name) ? FeatureKind.Tokens
            : name == chosen ? logits.Contains(name) ? FeatureKind.Vector : FeatureKind.ClassifierInput
            : logits.Contains(name) ? FeatureKind.Logits
            : FeatureKind.Vector;
    }

    private static string Listed(ImmutableArray<FeatureCandidate> candidates) =>
        candidates.IsEmpty ? "" : $". Candidates: {string.Join("; ", candidates)}";
}
