using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Tensors;

/// <summary>
/// A dense row-major array with a shape: the weights, constants, inputs and outputs of a graph, with the axes in ONNX's order (NCHW).
/// Immutable. The activations inside a running network are not tensors: they lie in planned memory, in the layout of the kernels. Only
/// operators without a kernel see them as tensors, while they run: <see cref="TensorBuffer{T}"/>.
/// </summary>
internal sealed class Tensor
{
    private readonly object _values;

    private Tensor(ElementType type, Shape shape, object values, int length)
    {
        if (length != shape.Length)
        {
            throw new ArgumentException($"the shape {shape} needs {shape.Length} values, but there are {length}");
        }

        (Type, Shape, Length, _values) = (type, shape, length, values);
    }

    public ElementType Type { get; }

    public Shape Shape { get; }

    public int Length { get; }

    /// <summary>The values, row-major.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds another element type.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged =>
        TypeOf<T>() != Type ? throw new InvalidOperationException($"the tensor holds {Type} values, not {typeof(T).Name}")
        : _values is T[] values ? values.AsSpan(0, Length)
        : ((TensorBuffer<T>)_values).Span;

    public ReadOnlySpan<float> Floats => Values<float>();

    /// <summary>The bytes of the values.</summary>
    public ReadOnlySpan<byte> Bytes => Type switch
    {
        ElementType.Float32 => MemoryMarshal.AsBytes(Values<float>()),
        ElementType.Float64 => MemoryMarshal.AsBytes(Values<double>()),
        ElementType.Int64 => MemoryMarshal.AsBytes(Values<long>()),
        ElementType.Int32 => MemoryMarshal.AsBytes(Values<int>()),
        ElementType.UInt8 => Values<byte>(),
        ElementType.Int8 => MemoryMarshal.AsBytes(Values<sbyte>()),
        ElementType.Boolean => MemoryMarshal.AsBytes(Values<bool>()),
        _ => throw new InvalidOperationException($"tensors of {Type} have no values"),
    };

    /// <summary>Takes ownership of <paramref name="values"/>: the caller no longer writes to it.</summary>
    public static Tensor Create<T>(Shape shape, T[] values)
        where T : unmanaged => new(TypeOf<T>(), shape, values, values.Length);

    /// <summary>A tensor of the values in a buffer, which nobody writes to as long as the tensor is used.</summary>
    public static Tensor Create<T>(Shape shape, TensorBuffer<T> values)
        where T : unmanaged => new(TypeOf<T>(), shape, values, values.Length);

    public static Tensor Scalar<T>(T value)
        where T : unmanaged => Create(Shape.Scalar, [value]);

    public static Tensor Vector<T>(params T[] values)
        where T : unmanaged => Create(new Shape(values.Length), values);

    public Tensor Reshape(Shape shape) => new(Type, shape, _values, Length);

    /// <summary>Whether the values are those of a buffer, in the same memory.</summary>
    public bool IsIn(TensorBuffer buffer) => ReferenceEquals(_values, buffer);

    /// <summary>The element type of a .NET type.</summary>
    /// <exception cref="NotSupportedException">Tensors cannot hold it.</exception>
    public static ElementType TypeOf<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return ElementType.Float32;
        }

        if (typeof(T) == typeof(long))
        {
            return ElementType.Int64;
        }

        if (typeof(T) == typeof(int))
        {
            return ElementType.Int32;
        }

        if (typeof(T) == typeof(bool))
        {
            return ElementType.Boolean;
        }

        if (typeof(T) == typeof(double))
        {
            return ElementType.Float64;
        }

        if (typeof(T) == typeof(byte))
        {
            return ElementType.UInt8;
        }

        if (typeof(T) == typeof(sbyte))
        {
            return ElementType.Int8;
        }

        throw new NotSupportedException($"tensors of {typeof(T).Name} are not supported");
    }
}
