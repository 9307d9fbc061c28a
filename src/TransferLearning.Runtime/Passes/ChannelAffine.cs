using System.Numerics;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Normalization;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// y = scale x + bias with one scale and one bias per channel: the effect of a batch normalization, or of arithmetic with a constant.
/// </summary>
internal sealed record ChannelAffine(float[] Scale, float[] Bias)
{
    /// <summary>The effect of a node on one of its inputs; null where it is none of this form.</summary>
    /// <typeparam name="TPrecision">
    /// The type in which scale and bias of a batch normalization are computed: double where they are folded into weights, float32 where
    /// the normalization remains a step of its own. They differ in the last bit, and features that are cached must keep theirs.
    /// </typeparam>
    /// <param name="node">Any node.</param>
    /// <param name="value">The input, whose channels are axis 1.</param>
    /// <param name="rank">The rank of the input.</param>
    /// <param name="channels">The channels of the input.</param>
    /// <param name="constant">The value of an input, by its name; null where it is not constant.</param>
    public static ChannelAffine? Of<TPrecision>(Node node, string value, int rank, int channels, Func<string, Tensor?> constant)
        where TPrecision : IFloatingPointIeee754<TPrecision>
    {
        if (node.OperatorName == "BatchNormalization")
        {
            Tensor?[] inputs = [.. node.Inputs.Skip(1).Select(constant)];
            return node.Inputs[0] == value
                && !BatchNormalizationOperator.IsTraining(node)
                && inputs.All(t => t is { Type: ElementType.Float32 } && t.Length == channels)
                ? OfNormalization<TPrecision>(node, inputs!)
                : null;
        }

        if (node.OperatorName is not ("Add" or "Sub" or "Mul" or "Div") || node.Inputs.Length != 2)
        {
            return null;
        }

        bool valueIsFirst = node.Inputs[0] == value;
        return constant(node.Inputs[valueIsFirst ? 1 : 0]) is { Type: ElementType.Float32 } operand
            && PerChannel(operand, rank, channels) is { } values
                ? OfArithmetic(node.OperatorName, valueIsFirst, values)
                : null;
    }

    private static ChannelAffine OfNormalization<TPrecision>(Node node, Tensor[] inputs)
        where TPrecision : IFloatingPointIeee754<TPrecision>
    {
        float epsilon = NormalizationOperators.EpsilonOf(node);
        (float[] scale, float[] bias) = BatchNormalizationOperator.Affine<TPrecision>(
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
            ("Div", false) => null,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not arithmetic of two operands"),
        };
    }

    /// <summary>The constant's value for each channel; null where it differs within a channel or changes the value's shape.</summary>
    private static float[]? PerChannel(Tensor operand, int rank, int channels)
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
