using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Moves channels into blocks of neighboring pixels: [N, C, H, W] to [N, C / b^2, H b, W b].</summary>
internal sealed class DepthToSpaceOperator() : Operator("DepthToSpace", 1, 1, "blocksize", "mode")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int block = BlockSizeOf(call);
        return input.Rank == 4 && block > 0 && input[1] % (block * block) == 0
            ? [call.Type(0) with { Shape = new Shape(input[0], input[1] / (block * block), input[2] * block, input[3] * block) }]
            : throw call.Error($"its blocksize {block} does not fit its input {input}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape output = InferTypes(call)[0].Shape;
        Shape input = call.Shape(0);
        int block = BlockSizeOf(call);
        (int channels, int height, int width) = (output[1], input[2], input[3]);
        Tensor split = call.Choice("mode", "DCR", "CRD") == "DCR"
            ? TransposeOperator.Transpose(
                call, call.Value(0).Reshape(new Shape(input[0], block, block, channels, height, width)), [0, 3, 4, 1, 5, 2])
            : TransposeOperator.Transpose(
                call, call.Value(0).Reshape(new Shape(input[0], channels, block, block, height, width)), [0, 1, 4, 2, 5, 3]);
        return [split.Reshape(output)];
    }

    /// <summary>
    /// The height and width of the blocks of a DepthToSpace or SpaceToDepth; 0, which is an error, where the node has no attribute for it.
    /// </summary>
    public static int BlockSizeOf(OperatorCall call) => (int)call.Attributes.Integer("blocksize", 0);
}
