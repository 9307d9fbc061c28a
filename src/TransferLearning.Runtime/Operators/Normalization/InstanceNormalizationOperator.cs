using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>Standardizes each channel of each image of x [N, C, ...], then applies scale and bias [C] (Ulyanov et al., 2016).</summary>
internal sealed class InstanceNormalizationOperator() : Operator("InstanceNormalization", 3, 3, "epsilon")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        return input.Rank >= 3 && call.Shape(1).Equals(new Shape(input[1])) && call.Shape(2).Equals(new Shape(input[1]))
            ? [call.Type(0)]
            : throw call.Error($"its scale {call.Shape(1)} and bias {call.Shape(2)} do not fit the channels of {input}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        double[] values = call.Value(0).ToDoubles();
        int channels = type.Shape[1];
        int plane = new Shape(type.Shape.Dimensions[2..]).Length;
        for (int i = 0; i < values.Length / plane; i++)
        {
            Span<double> channel = values.AsSpan(i * plane, plane);
            NormalizationOperators.Standardize(channel, NormalizationOperators.EpsilonOf(call.Node));
            foreach (ref double v in channel)
            {
                v = (v * call.Floats(1)[i % channels]) + call.Floats(2)[i % channels];
            }
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
    }
}
