using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Formats.Wire;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>
/// Converts tensors from ONNX's messages to <see cref="Tensor"/> and back. The 16-bit floating-point types are read as float32.
/// </summary>
internal static class OnnxTensors
{
    /// <summary>Reads a tensor. Messages refer to it by <paramref name="what"/>.</summary>
    public static Tensor Read(TensorProto proto, string what, ExternalData externalData)
    {
        Shape shape = ShapeOf(proto, what);
        ReadOnlyMemory<byte>? raw = proto.DataLocation == DataLocation.External ? externalData.Read(proto, what) : proto.RawData;
        return Read(proto, shape, raw.GetValueOrDefault().Span, raw is not null, what);
    }

    /// <summary>Reads a tensor whose raw data is at a place of a file.</summary>
    public static Tensor Read(TensorProto proto, string what, SafeFileHandle file, long offset, int length)
    {
        if (proto.DataLocation == DataLocation.External)
        {
            throw new InvalidNetworkException($"{what} is said to be in another file, but has data of its own");
        }

        Shape shape = ShapeOf(proto, what);
        switch ((DataType)proto.DataType)
        {
            case DataType.Float when length % sizeof(float) == 0:
                float[] values = GC.AllocateUninitializedArray<float>(length / sizeof(float));
                ReadExactly(file, MemoryMarshal.AsBytes(values.AsSpan()), offset, what);
                return Create(values, shape, what);
            case DataType.Float16 when length % sizeof(ushort) == 0:
                return Create(ReadHalves(file, offset, length / sizeof(ushort), what), shape, what);
            default:
                byte[] bytes = new byte[length];
                ReadExactly(file, bytes, offset, what);
                return Read(proto, shape, bytes, isRaw: true, what);
        }
    }

    /// <summary>The tensor as a TensorProto.</summary>
    public static WireWriter Write(string name, Tensor tensor) => Write(name, tensor.Shape, (DataType)tensor.Type, RawBytes(tensor));

    /// <summary>Writes float32 values as a 16-bit type, each rounded to the nearest value of that type.</summary>
    public static WireWriter WriteAs16Bits(string name, Tensor tensor, DataType type)
    {
        Func<float, ushort> convert = type == DataType.Float16 ? (v => BitConverter.HalfToUInt16Bits((Half)v)) : ToBfloat16;
        ushort[] bits = Array.ConvertAll(tensor.Floats.ToArray(), v => convert(v));
        return Write(name, tensor.Shape, type, MemoryMarshal.AsBytes(bits.AsSpan()).ToArray());
    }

    /// <summary>The element type that represents one of ONNX's.</summary>
    public static ElementType TypeOf(int dataType, string what) => (DataType)dataType switch
    {
        DataType.Float16 or DataType.Bfloat16 => ElementType.Float32,
        _ => dataType != (int)ElementType.Unsupported && Enum.IsDefined((ElementType)dataType)
            ? (ElementType)dataType
            : throw Unsupported(dataType, what),
    };

    private static Tensor Read(TensorProto proto, Shape shape, ReadOnlySpan<byte> raw, bool isRaw, string what) =>
        (DataType)proto.DataType switch
        {
            DataType.Float => Create(isRaw ? Cast<float>(raw, what) : proto.FloatData.ToArray(), shape, what),
            DataType.Double => Create(isRaw ? Cast<double>(raw, what) : proto.DoubleData.ToArray(), shape, what),
            DataType.Int64 => Create(isRaw ? Cast<long>(raw, what) : proto.Int64Data.ToArray(), shape, what),
            DataType.Int32 => Create(isRaw ? Cast<int>(raw, what) : proto.Int32Data.ToArray(), shape, what),
            DataType.Uint8 => Create(isRaw ? raw.ToArray() : Convert(proto, v => (byte)v), shape, what),
            DataType.Int8 => Create(isRaw ? Cast<sbyte>(raw, what) : Convert(proto, v => (sbyte)v), shape, what),
            DataType.Bool => Create(
                isRaw ? Array.ConvertAll(raw.ToArray(), v => v != 0) : Convert(proto, v => v != 0), shape, what),
            DataType.Float16 => Create(
                isRaw ? FromHalves(View<ushort>(raw, what)) : Convert(proto, v => FromHalf((ushort)v)),
                shape,
                what),
            DataType.Bfloat16 => Create(
                isRaw ? Array.ConvertAll(Cast<ushort>(raw, what), FromBfloat16) : Convert(proto, v => FromBfloat16((ushort)v)),
                shape,
                what),
            _ => throw Unsupported(proto.DataType, what),
        };

    private static Shape ShapeOf(TensorProto proto, string what)
    {
        long length = 1;
        int[] extents = new int[proto.Dims.Count];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            long extent = proto.Dims[axis];
            length = extent is >= 0 and <= int.MaxValue && length * extent <= Array.MaxLength
                ? length * extent
                : throw new InvalidNetworkException(
                    $"{what} has the shape [{string.Join(',', proto.Dims.ToArray())}], which is not possible or too large");
            extents[axis] = (int)extent;
        }

        return new Shape(extents);
    }

    private static Tensor Create<T>(T[] values, Shape shape, string what)
        where T : unmanaged =>
        values.Length == shape.Length
            ? Tensor.Create(shape, values)
            : throw new InvalidNetworkException($"{what} of the shape {shape} needs {shape.Length} values, but has {values.Length}");

    private static T[] Cast<T>(ReadOnlySpan<byte> raw, string what)
        where T : unmanaged => View<T>(raw, what).ToArray();

    private static ReadOnlySpan<T> View<T>(ReadOnlySpan<byte> raw, string what)
        where T : unmanaged
    {
        if (raw.Length % Marshal.SizeOf<T>() != 0)
        {
            throw new InvalidNetworkException(
                $"{what} has {raw.Length} bytes of data, which is no whole number of {typeof(T).Name} values");
        }

        // The format is little-endian, like nearly all processors that .NET supports; a big-endian one would read wrong values.
        return BitConverter.IsLittleEndian
            ? MemoryMarshal.Cast<byte, T>(raw)
            : throw new PlatformNotSupportedException("reading ONNX files needs a little-endian processor");
    }

    private static T[] Convert<T>(TensorProto proto, Func<int, T> convert) => Array.ConvertAll(proto.Int32Data.ToArray(), v => convert(v));

    private static float[] FromHalves(ReadOnlySpan<ushort> bits)
    {
        float[] values = GC.AllocateUninitializedArray<float>(bits.Length);
        Float16Values.Widen(bits, values);
        return values;
    }

    private static float[] ReadHalves(SafeFileHandle file, long offset, int count, string what)
    {
        float[] values = GC.AllocateUninitializedArray<float>(count);
        ushort[] block = new ushort[Math.Min(count, 32 * 1024)];
        for (int done = 0; done < count; done += block.Length)
        {
            Span<ushort> part = block.AsSpan(0, Math.Min(block.Length, count - done));
            ReadExactly(file, MemoryMarshal.AsBytes(part), offset + ((long)done * sizeof(ushort)), what);
            Float16Values.Widen(part, values.AsSpan(done, part.Length));
        }

        return values;
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> target, long offset, string what)
    {
        while (target.Length > 0)
        {
            int read = RandomAccess.Read(file, target, offset);
            if (read == 0)
            {
                throw new InvalidNetworkException($"{what} is cut short: the file has changed while it was read");
            }

            target = target[read..];
            offset += read;
        }
    }

    private static float FromHalf(ushort bits) => (float)BitConverter.UInt16BitsToHalf(bits);

    // Adds half of the last place that is kept, or a bit less so that a tie rounds to the even number; NaN stays NaN.
    private static ushort ToBfloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    private static float FromBfloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private static WireWriter Write(string name, Shape shape, DataType type, byte[] values)
    {
        var written = new WireWriter();
        foreach (int extent in shape.Dimensions)
        {
            written.WriteInt64(OnnxFields.Tensor.Dims, extent);
        }

        written.WriteInt64(OnnxFields.Tensor.DataType, (int)type);
        written.WriteString(OnnxFields.Tensor.Name, name);
        written.WriteBytes(OnnxFields.Tensor.RawData, values);
        return written;
    }

    private static byte[] RawBytes(Tensor tensor) => tensor.Type switch
    {
        ElementType.Float32 => MemoryMarshal.AsBytes(tensor.Floats).ToArray(),
        ElementType.Float64 => MemoryMarshal.AsBytes(tensor.Values<double>()).ToArray(),
        ElementType.Int64 => MemoryMarshal.AsBytes(tensor.Values<long>()).ToArray(),
        ElementType.Int32 => MemoryMarshal.AsBytes(tensor.Values<int>()).ToArray(),
        ElementType.UInt8 => tensor.Values<byte>().ToArray(),
        ElementType.Int8 => MemoryMarshal.AsBytes(tensor.Values<sbyte>()).ToArray(),
        ElementType.Boolean => MemoryMarshal.AsBytes(tensor.Values<bool>()).ToArray(),
        _ => throw new ArgumentException($"tensors of {tensor.Type} cannot be written", nameof(tensor)),
    };

    private static InvalidNetworkException Unsupported(int dataType, string what) => new(
        $"{what} has elements of the type {(DataType)dataType}, which is not supported; supported are float, double, float16, bfloat16, "
        + "int8, uint8, int32, int64 and bool");
}
