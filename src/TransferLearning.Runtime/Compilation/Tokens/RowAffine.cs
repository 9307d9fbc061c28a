using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation.Tokens;

/// <summary>
/// One scale and one shift per channel that follow a matrix product, and are folded into its weights and bias. Immutable.
/// </summary>
/// <param name="Scale">[channels].</param>
/// <param name="Shift">[channels].</param>
internal sealed record RowAffine(double[] Scale, double[] Shift)
{
    /// <summary>This, followed by a node's arithmetic with a constant per channel; null where the node is none.</summary>
    /// <param name="node">Any node.</param>
    /// <param name="value">The input of the node that this has scaled and shifted.</param>
    /// <param name="rank">The rank of that input.</param>
    /// <param name="axis">The axis of its channels.</param>
    /// <param name="channels">Their number.</param>
    /// <param name="constant">The value of an input, by its name; null where it is not constant.</param>
    public RowAffine? Then(Node node, string value, int rank, int axis, int channels, Func<string, Tensor?> constant)
    {
        if (node.OperatorName is not ("Add" or "Sub" or "Mul" or "Div") || node.Inputs.Length != 2)
        {
            return null;
        }

        bool isFirst = node.Inputs[0] == value;
        if (constant(node.Inputs[isFirst ? 1 : 0]) is not { Type: ElementType.Float32 } operand
            || PerChannel(operand, rank, axis, channels) is not { } values)
        {
            return null;
        }

        return (node.OperatorName, isFirst) switch
        {
            ("Add", _) => Combine(static _ => 1, static c => c),
            ("Sub", true) => Combine(static _ => 1, static c => -c),
            ("Sub", false) => Combine(static _ => -1, static c => c),
            ("Mul", _) => Combine(static c => c, static _ => 0),
            ("Div", true) => Combine(static c => 1 / c, static _ => 0),
            _ => null,
        };

        RowAffine Combine(Func<double, double> scale, Func<double, double> shift) => new(
            [.. Scale.Zip(values, (s, c) => s * scale(c))], [.. Shift.Zip(values, (s, c) => (s * scale(c)) + shift(c))]);
    }

    /// <summary>A matrix [channels, inputs] with its rows scaled.</summary>
    public Tensor Scaled(Tensor matrix)
    {
        if (Scale.All(static s => s == 1))
        {
            return matrix;
        }

        float[] values = matrix.Floats.ToArray();
        int columns = matrix.Shape[1];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(values[i] * Scale[i / columns]);
        }

        return Tensor.Create(matrix.Shape, values);
    }

    /// <summary>The constant's value for each channel; null where it differs along another axis.</summary>
    private static double[]? PerChannel(Tensor operand, int rank, int axis, int channels)
    {
        if (operand.Shape.Rank > rank)
        {
            return null;
        }

        if (operand.Length == 1)
        {
            return [.. Enumerable.Repeat((double)operand.Floats[0], channels)];
        }

        int own = axis - (rank - operand.Shape.Rank);
        return own >= 0 && operand.Length == channels && operand.Shape[own] == channels
            ? Array.ConvertAll(operand.Floats.ToArray(), static v => (double)v)
            : null;
    }
}
