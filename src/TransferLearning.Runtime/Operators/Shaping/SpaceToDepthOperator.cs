using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Moves blocks of neighboring pixels into channels: [N, C, H, W] to [N, C b^2, H / b, W / b].</summary>
internal sealed class SpaceToDepthOperator() : Operator("SpaceToDepth", 1, 1, "blocksize")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int block = DepthToSpaceOperator.BlockSizeOf(call);
        return input.Rank == 4 && block > 0 && input[2] % block == 0 && input[3] % block == 0
            ? [call.Type(0) with { Shape = new Shape(input[0], input[1] * block * block, input[2] / block, input[3] / block) }]
            : throw call.Error($"its blocksize {block} does not fit its input {input}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape output = InferTypes(call)[0].Shape;
        int block = DepthToSpaceOperator.BlockSizeOf(call);
        var split = new Shape(output[0], call.Shape(0)[1], output[2], block, output[3], block);
        return [TransposeOperator.Transpose(call, call.Value(0).Reshape(split), [0, 3, 5, 1, 2, 4]).Reshape(output)];
    }
}
