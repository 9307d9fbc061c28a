namespace TransferLearning.Runtime.Tensors;

/// <summary>
/// A dense row-major array with a shape: the weights, constants, inputs and outputs of a graph, with the axes in ONNX's order (NCHW).
/// Immutable. The activations inside a running network are not tensors: they lie in planned memory, in the layout of the kernels.
/// </summary>
internal sealed class Tensor
{
    private readonly Array _values;

    private Tensor(ElementType type, Shape shape, Array values)
    {
        if (values.Length != shape.Length)
        {
            throw new ArgumentException($"the shape {shape} needs {shape.Length} values, but there are {values.Length}");
        }

        (Type, Shape, _values) = (type, shape, values);
    }

    public ElementType Type { get; }

    public Shape Shape { get; }

    public int Length => _values.Length;

    /// <summary>The values, row-major.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds another element type.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged =>
        _values is T[] values && TypeOf<T>() == Type
            ? values
            : throw new InvalidOperationException($"the tensor holds {Type} values, not {typeof(T).Name}");

    public ReadOnlySpan<float> Floats => Values<float>();

    /// <summary>Takes ownership of <paramref name="values"/>: the caller no longer writes to it.</summary>
    public static Tensor Create<T>(Shape shape, T[] values)
        where T : unmanaged => new(TypeOf<T>(), shape, values);

    public static Tensor Scalar<T>(T value)
        where T : unmanaged => Create(Shape.Scalar, [value]);

    public static Tensor Vector<T>(params T[] values)
        where T : unmanaged => Create(new Shape(values.Length), values);

    public Tensor Reshape(Shape shape) => new(Type, shape, _values);

    private static ElementType TypeOf<T>()
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
