using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>A value of a TensorFlow graph after its conversion into ours. Immutable.</summary>
/// <param name="Name">Its name in our graph.</param>
/// <param name="Operand">
/// Its type for a batch of 1, with the axes in our graph's order, and its value where that follows from shapes and constants.
/// </param>
/// <param name="IsConstant">Whether it depends neither on the input nor on the input's shape.</param>
internal sealed record ConvertedValue(string Name, Operand Operand, bool IsConstant)
{
    /// <summary>Whether our graph has the axes as NCHW where TensorFlow has them as NHWC.</summary>
    public bool IsChannelsFirst { get; init; }

    /// <summary>The feature map [N, C, H, W] that this value [N, H * W * C] lists pixel by pixel, if it is such a list.</summary>
    public ConvertedValue? ListedMap { get; init; }

    /// <summary>The shape with the axes in TensorFlow's order.</summary>
    public Shape Shape => IsChannelsFirst ? new Shape(Kept[0], Kept[2], Kept[3], Kept[1]) : Kept;

    /// <summary>Whether it is a feature map of a single pixel, whose elements are in the same order with either order of axes.</summary>
    public bool IsPixel => Shape.Rank == 4 && Shape[1] == 1 && Shape[2] == 1;

    public Tensor? Constant => IsConstant ? Operand.Value : null;

    private Shape Kept => Operand.Type.Shape;

    /// <summary>The axis of our graph for one of TensorFlow's.</summary>
    public int KeptAxis(int axis) => IsChannelsFirst && axis > 0 ? (axis % 3) + 1 : axis;
}
