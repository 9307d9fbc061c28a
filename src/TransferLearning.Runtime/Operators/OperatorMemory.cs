using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators;

/// <summary>
/// Provides the memory for what an operator computes: by default new arrays, in a running network its planned memory and arrays that are
/// used again.
/// </summary>
internal class OperatorMemory
{
    /// <summary>New arrays.</summary>
    public static readonly OperatorMemory Managed = new();

    protected OperatorMemory()
    {
    }

    /// <summary>Memory for an output. Its tensor is the only result that may use it.</summary>
    /// <param name="index">The number of the output.</param>
    /// <param name="length">The number of its elements.</param>
    public virtual TensorBuffer<T> Output<T>(int index, int length)
        where T : unmanaged => new(length);

    /// <summary>As the other, for an element type that is known at run time only.</summary>
    public TensorBuffer Output(int index, ElementType type, int length) => Of(type, index, length);

    /// <summary>As the other, for an element type that is known at run time only.</summary>
    public TensorBuffer Temporary(ElementType type, int length) => Of(type, output: null, length);

    /// <summary>Memory for a value in between, which no output uses.</summary>
    public virtual TensorBuffer<T> Temporary<T>(int length)
        where T : unmanaged => new(length);

    private TensorBuffer Of(ElementType type, int? output, int length) => type switch
    {
        ElementType.Float32 => Of<float>(output, length),
        ElementType.Float64 => Of<double>(output, length),
        ElementType.Int64 => Of<long>(output, length),
        ElementType.Int32 => Of<int>(output, length),
        ElementType.UInt8 => Of<byte>(output, length),
        ElementType.Int8 => Of<sbyte>(output, length),
        ElementType.Boolean => Of<bool>(output, length),
        _ => throw new ArgumentException($"tensors of {type} cannot be computed", nameof(type)),
    };

    private TensorBuffer<T> Of<T>(int? output, int length)
        where T : unmanaged => output is { } index ? Output<T>(index, length) : Temporary<T>(length);
}
