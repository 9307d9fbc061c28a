using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>
/// Standardizes groups of channels of each image of x [N, C, ...] (Wu and He, 2018), then applies scale and bias: one of each per group
/// in operator sets 18 to 20, one of each per channel since.
/// </summary>
internal sealed class GroupNormalizationOperator() : Operator("GroupNormalization", 3, 3, "epsilon", "num_groups", "stash_type")
{
    private const int OpsetWithChannelScale = 21;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int groups = GroupsOf(call);
        if (input.Rank < 3 || groups < 1 || input[1] % groups != 0)
        {
            throw call.Error($"its {groups} groups do not fit the channels of {input}");
        }

        var expected = new Shape(call.Opset >= OpsetWithChannelScale ? input[1] : groups);
        return call.Shape(1).Equals(expected) && call.Shape(2).Equals(expected)
            ? [call.Type(0)]
            : throw call.Error($"its scale {call.Shape(1)} and bias {call.Shape(2)} should have the shape {expected}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        int channels = type.Shape[1], plane = new Shape(type.Shape.Dimensions[2..]).Length;
        int channelsPerGroup = channels / GroupsOf(call), channelsPerScale = channels / call.Shape(1).Length;
        return [NormalizationOperators.NormalizeGroups(call, channelsPerGroup * plane, plane, c => c % channels / channelsPerScale)];
    }

    private static int GroupsOf(OperatorCall call) => (int)call.Attributes.Integer("num_groups", 0);
}
