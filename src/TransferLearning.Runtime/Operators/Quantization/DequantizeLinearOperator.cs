using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Quantization;

/// <summary>(x - zero point) * scale, with one scale or one per extent of an axis; the zero point is 0 by default.</summary>
internal sealed class DequantizeLinearOperator() : Operator("DequantizeLinear", 2, 3, "axis", "block_size")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        QuantizationOperators.Layout(call);
        return [new TensorType(ElementType.Float32, call.Shape(0))];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        (int inner, int channels) = QuantizationOperators.Layout(call);
        Tensor input = call.Value(0);
        float[] zeros = call.ValueOrNull(2) is { } zero ? zero.To(ElementType.Float32).Floats.ToArray() : new float[channels];
        return
        [
            input.Type == ElementType.Int8
                ? Tensor.Create(input.Shape, Dequantize(input.Values<sbyte>(), call.Floats(1), zeros, inner))
                : Tensor.Create(input.Shape, Scale(input.To(ElementType.Float32).Floats.ToArray(), call.Floats(1), zeros, inner)),
        ];
    }

    // Reading a model with int8 weights spends its time here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Dequantize(ReadOnlySpan<sbyte> values, ReadOnlySpan<float> scales, ReadOnlySpan<float> zeros, int inner)
    {
        float[] result = new float[values.Length];
        for (int start = 0, channel = 0; start < values.Length; start += inner, channel = channel + 1 == scales.Length ? 0 : channel + 1)
        {
            float scale = scales[channel], zero = zeros[channel];
            ReadOnlySpan<sbyte> source = values.Slice(start, inner);
            Span<float> target = result.AsSpan(start, inner);
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = (source[i] - zero) * scale;
            }
        }

        return result;
    }

    private static float[] Scale(float[] values, ReadOnlySpan<float> scales, ReadOnlySpan<float> zeros, int inner)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / inner % scales.Length;
            values[i] = (values[i] - zeros[channel]) * scales[channel];
        }

        return values;
    }
}
