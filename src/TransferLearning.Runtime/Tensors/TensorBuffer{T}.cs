using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Tensors;

/// <summary>A <see cref="TensorBuffer"/> of elements of a known type.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed unsafe class TensorBuffer<T> : TensorBuffer
    where T : unmanaged
{
    private readonly T* _address;

    /// <summary>The first elements of an array.</summary>
    public TensorBuffer(T[] array, int length)
        : base(Tensor.TypeOf<T>(), length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, array.Length);
        Array = array;
    }

    /// <summary>An array of its own.</summary>
    public TensorBuffer(int length)
        : this(GC.AllocateUninitializedArray<T>(length), length)
    {
    }

    /// <summary>Memory of a running network, which stays valid and in place as long as the buffer and its tensors are used.</summary>
    /// <param name="address">The first element, in memory with room for <paramref name="length"/> elements.</param>
    /// <param name="length">The number of elements.</param>
    public TensorBuffer(T* address, int length)
        : base(Tensor.TypeOf<T>(), length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _address = address;
    }

    /// <summary>The elements; unspecified until they are written.</summary>
    public Span<T> Span => Array is { } array ? array.AsSpan(0, Length) : new Span<T>(_address, Length);

    public override Span<byte> Bytes => MemoryMarshal.AsBytes(Span);

    /// <summary>The array that the buffer uses; null for memory of a running network.</summary>
    public T[]? Array { get; }

    public override Tensor ToTensor(Shape shape) => Tensor.Create(shape, this);
}
