using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Backbones.Features;

/// <summary>Finds what lies before the nodes that turn a network's result into probabilities, labels or a vector of length 1.</summary>
internal static class NetworkEnd
{
    /// <summary>Operators that turn probabilities into labels, of ONNX's own domain or of ai.onnx.ml.</summary>
    private static readonly ImmutableArray<string> Labels = ["ZipMap", "ArgMax", "TopK", "LabelEncoder", "ArrayFeatureExtractor"];

    private static readonly ImmutableArray<string> Probabilities = ["Softmax", "LogSoftmax", "Sigmoid"];

    private static readonly ImmutableArray<string> Rescalings = ["Identity", "Cast", "LpNormalization", "Normalizer", "Dropout"];

    /// <summary>Operators between the length of a vector and the division by it.</summary>
    private static readonly ImmutableArray<string> OfLengths =
        ["Add", "Clip", "Expand", "Max", "Pow", "ReduceSum", "Reshape", "Sqrt", "Unsqueeze"];

    /// <summary>The value before labels, probabilities and rescaling, and whether there were labels or probabilities.</summary>
    public static (string Value, bool IsClassifier) Before(NetworkValues values, string output)
    {
        bool isClassifier = false;
        string value = output;
        while (values.Maker(value) is { } node && values.DataOf(node) is { } data)
        {
            bool classifies = Labels.Contains(node.OperatorName) || Probabilities.Contains(node.OperatorName) || LooksUp(values, node);
            if (!classifies && !Rescalings.Contains(node.OperatorName) && !DividesByLength(values, node))
            {
                break;
            }

            isClassifier |= classifies;
            value = data;
        }

        return (value, isClassifier);
    }

    /// <summary>The logits that an output comes from: before its labels and its softmax.</summary>
    public static string Logits(NetworkValues values, string output)
    {
        string value = output;
        while (values.Maker(value) is { } node && Labels.Contains(node.OperatorName) && values.DataOf(node) is { } data)
        {
            value = data;
        }

        return values.Maker(value) is { OperatorName: "Softmax" } softmax ? softmax.Inputs[0] : value;
    }

    /// <summary>Whether a node divides a vector by its length, in the nodes that exporters write for that.</summary>
    private static bool DividesByLength(NetworkValues values, Node node)
    {
        if (node.OperatorName != "Div" || values.DataOf(node) != node.Inputs[0])
        {
            return false;
        }

        string vector = node.Inputs[0];
        string? value = node.Inputs[1];
        while (value is not null && values.Maker(value) is { } maker)
        {
            if (maker.OperatorName is "ReduceL2" or "ReduceSumSquare" or "Mul")
            {
                return maker.Inputs.Where(i => i.Length > 0 && !values.IsConstant(i)).All(i => i == vector);
            }

            value = OfLengths.Contains(maker.OperatorName) ? values.DataOf(maker) : null;
            if (value == vector)
            {
                return maker.OperatorName == "Pow";
            }
        }

        return false;
    }

    /// <summary>Whether a node looks up an index in a table of labels.</summary>
    private static bool LooksUp(NetworkValues values, Node node) =>
        node.OperatorName == "Gather" && values.DataOf(node) == node.Inputs[1];
}
