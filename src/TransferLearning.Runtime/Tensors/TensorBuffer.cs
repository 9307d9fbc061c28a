namespace TransferLearning.Runtime.Tensors;

/// <summary>
/// Memory for the values of a tensor that is being computed: an array, or a part of a running network's memory. Threads may write different
/// elements at the same time.
/// </summary>
internal abstract class TensorBuffer(ElementType type, int length)
{
    public ElementType Type => type;

    /// <summary>The number of elements.</summary>
    public int Length => length;

    /// <summary>The bytes of the elements; unspecified until they are written.</summary>
    public abstract Span<byte> Bytes { get; }

    /// <summary>A tensor of the values, which nobody changes as long as it is used.</summary>
    public abstract Tensor ToTensor(Shape shape);
}
