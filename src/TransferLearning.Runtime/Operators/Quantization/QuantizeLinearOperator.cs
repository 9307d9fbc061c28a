using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Quantization;

/// <summary>
/// x / scale, rounded to the nearest whole number (halves to the even one), plus the zero point, limited to the range of the zero point's
/// type: uint8 by default.
/// </summary>
internal sealed class QuantizeLinearOperator() : Operator("QuantizeLinear", 2, 3, "axis", "block_size", "output_dtype", "saturate")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        QuantizationOperators.Layout(call);
        ElementType type = call.Has(2)
            ? call.Type(2).Element
            : (ElementType)call.Attributes.Integer("output_dtype", (long)ElementType.UInt8);
        return type is ElementType.UInt8 or ElementType.Int8
            ? [new TensorType(type, call.Shape(0))]
            : throw call.Error($"it quantizes to {type}; supported are {ElementType.UInt8} and {ElementType.Int8}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        (int inner, int channels) = QuantizationOperators.Layout(call);
        double[] values = call.Value(0).ToDoubles();
        double[] zeros = call.ValueOrNull(2)?.ToDoubles() ?? new double[channels];
        ReadOnlySpan<float> scales = call.Floats(1);
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / inner % channels;

            // In float32, as the standard defines: in double, a quotient could fall on the other side of a half.
            values[i] = MathF.Round((float)values[i] / scales[channel], MidpointRounding.ToEven) + zeros[channel];
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
    }
}
