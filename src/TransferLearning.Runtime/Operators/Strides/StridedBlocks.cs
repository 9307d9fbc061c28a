using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Strides;

/// <summary>Blocks of tensors and buffers as they are copied.</summary>
internal static class StridedBlocks
{
    public static StridedSource Part(this Tensor tensor, int start, int[] strides) => new(tensor, start, strides);

    public static StridedSource Whole(this Tensor tensor) => new(tensor, 0, StridedIndex.StridesOf(tensor.Shape));

    /// <summary>All elements of a buffer, as a row-major tensor of a shape.</summary>
    public static StridedTarget Whole(this TensorBuffer buffer, Shape shape) => new(buffer, 0, StridedIndex.StridesOf(shape));

    /// <summary>The elements of a buffer, as a row-major tensor of a shape, from a position on.</summary>
    public static StridedTarget Part(this TensorBuffer buffer, Shape shape, int start) => new(buffer, start, StridedIndex.StridesOf(shape));
}
