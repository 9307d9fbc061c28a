using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Normalization;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// y = scale x + bias with a scale and a bias a channel: what a batch normalization or arithmetic with constants comes down to.
/// </summary>
internal sealed record ChannelAffine(float[] Scale, float[] Bias)
{
    /// <summary>
    /// What a node does to its input <paramref name="value"/>, which has the channels in axis 1; null where that is anything else.
    /// </summary>
    public static ChannelAffine? Of(Node node, string value, int rank, int channels, Func<string, Tensor?> constant)
    {
        if (node.OperatorName == "BatchNormalization")
        {
            Tensor?[] inputs = [.. node.Inputs.Skip(1).Select(constant)];
            return node.Inputs[0] == value
                && !BatchNormalizationOperator.IsTraining(node)
                && inputs.All(t => t is { Type: ElementType.Float32 } && t.Length == channels)
                ? OfNormalization(node, inputs!)
                : null;
        }

        if (node.OperatorName is not ("Add" or "Sub" or "Mul" or "Div") || node.Inputs.Length != 2)
        {
            return null;
        }

        bool valueIsFirst = node.Inputs[0] == value;
        return constant(node.Inputs[valueIsFirst ? 1 : 0]) is { Type: ElementType.Float32 } operand
            && Spread(operand, rank, channels) is { } values
                ? OfArithmetic(node.OperatorName, valueIsFirst, values)
                : null;
    }

    private static ChannelAffine OfNormalization(Node node, Tensor[] inputs)
    {
        float epsilon = node.Attributes.Float("epsilon", BatchNormalizationOperator.DefaultEpsilon);
        (float[] scale, float[] bias) = BatchNormalizationOperator.Affine(
            inputs[0].Floats, inputs[1].Floats, inputs[2].Floats, inputs[3].Floats, epsilon);
        return new ChannelAffine(scale, bias);
    }

    private static ChannelAffine? OfArithmetic(string name, bool valueIsFirst, float[] operand)
    {
        float[] zeros = new float[operand.Length];
        float[] ones = [.. Enumerable.Repeat(1f, operand.Length)];
        float[] negated = Array.ConvertAll(operand, v => -v);
        return (name, valueIsFirst) switch
        {
            ("Add", _) => new ChannelAffine(ones, operand),
            ("Sub", true) => new ChannelAffine(ones, negated),
            ("Sub", false) => new ChannelAffine(Array.ConvertAll(ones, v => -v), operand),
            ("Mul", _) => new ChannelAffine(operand, zeros),
            ("Div", true) => new ChannelAffine(Array.ConvertAll(operand, v => 1 / v), zeros),
            _ => null,
        };
    }

    /// <summary>The constant's value for each channel, or null where it differs within a channel or changes the value's shape.</summary>
    private static float[]? Spread(Tensor operand, int rank, int channels)
    {
        if (operand.Length == 1 && operand.Shape.Rank <= rank)
        {
            return [.. Enumerable.Repeat(operand.Floats[0], channels)];
        }

        // The channels are in axis 1 of the value, so rank - 1 axes from the end of the constant.
        int axis = operand.Shape.Rank - (rank - 1);
        return axis is 0 or 1 && operand.Length == channels && operand.Shape[axis] == channels ? operand.Floats.ToArray() : null;
    }
}
