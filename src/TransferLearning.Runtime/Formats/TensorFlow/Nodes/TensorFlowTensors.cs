using System.Runtime.InteropServices;
using TransferLearning.Runtime.Formats.TensorFlow.Messages;
using TransferLearning.Runtime.Formats.Wire;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow.Nodes;

/// <summary>
/// Reads constants. Floating-point types become float32 and integers int64, the types that ONNX's operators take for values and shapes.
/// </summary>
internal static class TensorFlowTensors
{
    // One value may stand for all of a tensor, so that a few bytes could take any amount of memory. No real constant repeats one more
    // often.
    private const int MaxRepeated = 1 << 23;

    /// <summary>Reads a tensor. Messages refer to it by <paramref name="what"/>.</summary>
    public static Tensor Read(TensorProto proto, string what)
    {
        Shape shape = ShapeOf(proto.TensorShape, what);
        return proto.Dtype switch
        {
            DataType.DtFloat => Create<float, float, float>(proto, proto.FloatVal, v => v, v => v, shape, what),
            DataType.DtDouble => Create<double, double, float>(proto, proto.DoubleVal, v => (float)v, v => (float)v, shape, what),
            DataType.DtHalf => Create<ushort, int, float>(proto, proto.HalfVal, FromHalf, v => FromHalf((ushort)v), shape, what),
            DataType.DtBfloat16 => Create<ushort, int, float>(
                proto, proto.HalfVal, FromBfloat16, v => FromBfloat16((ushort)v), shape, what),
            DataType.DtInt64 => Create<long, long, long>(proto, proto.Int64Val, v => v, v => v, shape, what),
            DataType.DtInt32 => Create<int, int, long>(proto, proto.IntVal, v => v, v => v, shape, what),
            DataType.DtInt16 => Create<short, int, long>(proto, proto.IntVal, v => v, v => v, shape, what),
            DataType.DtUint16 => Create<ushort, int, long>(proto, proto.IntVal, v => v, v => v, shape, what),
            DataType.DtInt8 => Create<sbyte, int, long>(proto, proto.IntVal, v => v, v => v, shape, what),
            DataType.DtUint8 => Create<byte, int, long>(proto, proto.IntVal, v => v, v => v, shape, what),
            DataType.DtBool => Create<byte, bool, bool>(proto, proto.BoolVal, v => v != 0, v => v, shape, what),
            _ => throw new InvalidNetworkException(
                $"{what} has elements of the type {proto.Dtype}, which is not supported; supported are the floating-point types, "
                + "integers of up to 64 bits and bool"),
        };
    }

    private static Shape ShapeOf(TensorShapeProto? proto, string what)
    {
        long[] extents = [.. proto?.Dim.Select(d => d.Size) ?? []];
        long length = 1;
        foreach (long extent in extents)
        {
            length = extent is >= 0 and <= int.MaxValue && length * extent <= Array.MaxLength
                ? length * extent
                : throw new InvalidNetworkException(
                    $"{what} has the shape [{string.Join(',', extents)}], which is not possible or too large");
        }

        return new Shape([.. extents.Select(e => (int)e)]);
    }

    private static Tensor Create<TRaw, TListed, TValue>(
        TensorProto proto,
        RepeatedValues<TListed> listed,
        Converter<TRaw, TValue> fromRaw,
        Converter<TListed, TValue> fromListed,
        Shape shape,
        string what)
        where TRaw : unmanaged
        where TListed : unmanaged
        where TValue : unmanaged =>
        Tensor.Create(
            shape,
            proto.TensorContent.Length > 0
                ? Array.ConvertAll(Raw<TRaw>(proto.TensorContent.Span, shape, what), fromRaw)
                : Array.ConvertAll(Listed(listed, shape, what), fromListed));

    private static T[] Raw<T>(ReadOnlySpan<byte> content, Shape shape, string what)
        where T : unmanaged
    {
        int size = Marshal.SizeOf<T>();
        if (content.Length != (long)shape.Length * size)
        {
            throw new InvalidNetworkException(
                $"{what} of the shape {shape} needs {(long)shape.Length * size} bytes, but has {content.Length}");
        }

        // The format is little-endian, like nearly all processors that .NET supports; a big-endian one would read wrong values.
        return BitConverter.IsLittleEndian
            ? MemoryMarshal.Cast<byte, T>(content).ToArray()
            : throw new PlatformNotSupportedException("reading TensorFlow files needs a little-endian processor");
    }

    // In this format, the last value repeats to the end, and no value means zeros.
    private static T[] Listed<T>(RepeatedValues<T> listed, Shape shape, string what)
        where T : unmanaged
    {
        if (listed.Count > shape.Length)
        {
            throw new InvalidNetworkException($"{what} of the shape {shape} needs {shape.Length} values, but has {listed.Count}");
        }

        if (shape.Length - listed.Count > MaxRepeated)
        {
            throw new InvalidNetworkException($"{what} of the shape {shape} repeats one value more than {MaxRepeated} times");
        }

        var values = new T[shape.Length];
        listed.Span.CopyTo(values);
        if (listed.Count > 0)
        {
            values.AsSpan(listed.Count).Fill(listed[listed.Count - 1]);
        }

        return values;
    }

    private static float FromHalf(ushort bits) => (float)BitConverter.UInt16BitsToHalf(bits);

    private static float FromBfloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
