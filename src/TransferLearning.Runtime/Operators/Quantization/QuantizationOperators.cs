using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Quantization;

/// <summary>Conversions between floating-point numbers and 8-bit integers.</summary>
internal static class QuantizationOperators
{
    public static IEnumerable<Operator> All =>
        [new QuantizeLinearOperator { FirstOpset = 10, HasKernel = true }, new DequantizeLinearOperator { FirstOpset = 10 }];

    /// <summary>The number of neighboring elements that share a scale, and the number of scales.</summary>
    /// <exception cref="InvalidNetworkException">The scale is not one number, or one for each extent of the axis.</exception>
    public static (int Inner, int Channels) Layout(OperatorCall call)
    {
        Shape input = call.Shape(0), scale = call.Shape(1);
        if (call.Attributes.Integer("block_size", 0) != 0)
        {
            throw call.Error("its block_size is not 0: one scale per block is not supported");
        }

        if (call.Has(2) && !call.Shape(2).Equals(scale))
        {
            throw call.Error($"its zero point {call.Shape(2)} does not have the shape of its scale {scale}");
        }

        if (scale.Rank == 0 || (scale.Rank == 1 && scale[0] == 1))
        {
            return (Math.Max(1, input.Length), 1);
        }

        int axis = call.Axis(call.Attributes.Integer("axis", 1), input.Rank);
        return scale.Rank == 1 && scale[0] == input[axis]
            ? (new Shape(input.Dimensions[(axis + 1)..]).Length, scale[0])
            : throw call.Error($"its scale {scale} is neither one number nor one for each of the {input[axis]} along axis {axis}");
    }
}
