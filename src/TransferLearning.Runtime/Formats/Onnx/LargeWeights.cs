using Microsoft.Win32.SafeHandles;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>
/// The large initializers of a model file, which are read from their places in it. In the messages, each of them would be in memory twice,
/// which takes a good part of the time to load a model.
/// </summary>
internal sealed class LargeWeights
{
    // Smaller ones are not worth a read of their own.
    private const int MinLength = 64 * 1024;

    private readonly FileStream _file;
    private readonly Dictionary<int, (long Offset, int Length)> _places = [];
    private int _initializers;

    private LargeWeights(FileStream file) => _file = file;

    private enum Level
    {
        Model,
        Graph,
        Initializer,
    }

    public SafeFileHandle File => _file.SafeFileHandle;

    /// <summary>Divides a file into its messages without the large weights, and the places of these.</summary>
    /// <param name="file">The file, which stays open as long as its weights are read.</param>
    /// <returns>Null where the file is not a message as expected: then <see cref="WireReader"/> says what is wrong with it.</returns>
    public static (byte[] Messages, LargeWeights Weights)? Divide(FileStream file)
    {
        var weights = new LargeWeights(file);
        return BitConverter.IsLittleEndian && weights.Copy(file.Length, Level.Model) is { } messages ? (messages, weights) : null;
    }

    /// <summary>Where the raw data of an initializer is; null where it is small and among the messages.</summary>
    /// <param name="initializer">The position among the graph's initializers.</param>
    public (long Offset, int Length)? PlaceOf(int initializer) =>
        _places.TryGetValue(initializer, out (long Offset, int Length) place) ? place : null;

    /// <summary>Copies a message from the file's position without large weights; null where it is not a message.</summary>
    private byte[]? Copy(long end, Level level)
    {
        using var copy = new MemoryStream();
        int initializer = level == Level.Initializer ? _initializers++ : -1;
        bool hasRawData = false;
        while (_file.Position < end)
        {
            if (!TryReadVarint(end, out ulong tag) || tag > uint.MaxValue)
            {
                return null;
            }

            int field = (int)(tag >> 3);
            switch ((WireType)(tag & 7))
            {
                case WireType.Varint when TryReadVarint(end, out ulong value):
                    WriteVarint(copy, tag);
                    WriteVarint(copy, value);
                    break;
                case WireType.Fixed64 when TryReadBytes(sizeof(ulong), end) is { } bytes:
                    WriteVarint(copy, tag);
                    copy.Write(bytes);
                    break;
                case WireType.Fixed32 when TryReadBytes(sizeof(uint), end) is { } bytes:
                    WriteVarint(copy, tag);
                    copy.Write(bytes);
                    break;
                case WireType.Bytes when TryReadVarint(end, out ulong length) && length <= (ulong)(end - _file.Position):
                    bool isRawData = level == Level.Initializer && field == OnnxFields.Tensor.RawData;
                    if (isRawData && hasRawData)
                    {
                        // Only the last one counts, by the rules of Protocol Buffers.
                        return null;
                    }

                    hasRawData |= isRawData;
                    if (isRawData && length is >= MinLength and <= int.MaxValue)
                    {
                        _places.Add(initializer, (_file.Position, (int)length));
                        _file.Position += (long)length;
                        break;
                    }

                    if (CopyField(level, field, length, end) is not { } content)
                    {
                        return null;
                    }

                    WriteVarint(copy, tag);
                    WriteVarint(copy, (ulong)content.Length);
                    copy.Write(content);
                    break;
                default:
                    return null;
            }
        }

        return _file.Position == end ? copy.ToArray() : null;
    }

    private byte[]? CopyField(Level level, int field, ulong length, long end) => (level, field) switch
    {
        (Level.Model, OnnxFields.Model.Graph) => Copy(_file.Position + (long)length, Level.Graph),
        (Level.Graph, OnnxFields.Graph.Initializer) => Copy(_file.Position + (long)length, Level.Initializer),
        _ => TryReadBytes((long)length, end),
    };

    private byte[]? TryReadBytes(long length, long end)
    {
        if (length > end - _file.Position || length > Array.MaxLength)
        {
            return null;
        }

        byte[] bytes = new byte[length];
        return _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? bytes : null;
    }

    /// <summary>Reads an integer of 7 bits per byte, the lowest first; the highest bit of a byte says that another follows.</summary>
    private bool TryReadVarint(long end, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && _file.Position < end; shift += 7)
        {
            int next = _file.ReadByte();
            if (next < 0)
            {
                return false;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteVarint(MemoryStream target, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            target.WriteByte((byte)(value | 0x80));
        }

        target.WriteByte((byte)value);
    }
}
