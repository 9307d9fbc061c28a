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
        Shape shape = InferTypes(call)[0].Shape;
        int channels = shape[1], plane = new Shape(shape.Dimensions[2..]).Length;
        return [NormalizationOperators.NormalizeGroups(call, plane, plane, c => c % channels)];
    }
}
