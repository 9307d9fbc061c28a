using System.Buffers.Binary;
using System.Text;

namespace TransferLearning.Runtime.Formats.Wire;

/// <summary>
/// Writes the fields of one message in the wire format of Protocol Buffers. A message is complete before it becomes a field of another.
/// Large values are kept as they are until <see cref="WriteTo"/>, not copied, and must not change until then.
/// </summary>
internal sealed class WireWriter
{
    /// <summary>The format's limit, for a whole file too.</summary>
    private const long MaxLength = int.MaxValue;

    /// <summary>Shorter values are copied, so that a file has few parts.</summary>
    private const int MinKeptLength = 4096;

    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private byte[] _recent = new byte[64];
    private int _recentLength;
    private long _partsLength;

    /// <summary>The number of bytes.</summary>
    public long Length => _partsLength + _recentLength;

    /// <summary>Writes a number; a negative one takes ten bytes.</summary>
    public void WriteInt64(int field, long value)
    {
        WriteTag(field, WireType.Varint);
        WriteVarint((ulong)value);
    }

    public void WriteSingle(int field, float value)
    {
        WriteTag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(Reserve(sizeof(float)), value);
    }

    public void WriteString(int field, string value) => WriteBytes(field, Encoding.UTF8.GetBytes(value));

    public void WriteBytes(int field, ReadOnlyMemory<byte> value)
    {
        WriteTag(field, WireType.Bytes);
        WriteVarint((ulong)value.Length);
        Append(value);
    }

    /// <exception cref="InvalidNetworkException">The message is longer than the format allows.</exception>
    public void WriteMessage(int field, WireWriter message)
    {
        RequireLength(message.Length);
        WriteTag(field, WireType.Bytes);
        WriteVarint((ulong)message.Length);
        foreach (ReadOnlyMemory<byte> part in message._parts)
        {
            Append(part);
        }

        Append(message._recent.AsMemory(0, message._recentLength));
    }

    /// <exception cref="InvalidNetworkException">The message is longer than the format allows; nothing is written.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void WriteTo(Stream stream)
    {
        RequireLength(Length);
        foreach (ReadOnlyMemory<byte> part in _parts)
        {
            stream.Write(part.Span);
        }

        stream.Write(_recent, 0, _recentLength);
    }

    private static void RequireLength(long length)
    {
        if (length > MaxLength)
        {
            throw new InvalidNetworkException(
                $"the network has {length} bytes as an ONNX file, which can have {MaxLength}: "
                + "store its weights as float16, bfloat16 or int8");
        }
    }

    private void WriteTag(int field, WireType type) => WriteVarint(((ulong)field << 3) | (ulong)type);

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Reserve(1)[0] = (byte)(value | 0x80);
        }

        Reserve(1)[0] = (byte)value;
    }

    private void Append(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < MinKeptLength)
        {
            bytes.Span.CopyTo(Reserve(bytes.Length));
            return;
        }

        Keep(_recent.AsMemory(0, _recentLength));
        (_recent, _recentLength) = (new byte[64], 0);
        Keep(bytes);
    }

    private void Keep(ReadOnlyMemory<byte> part)
    {
        _parts.Add(part);
        _partsLength += part.Length;
    }

    private Span<byte> Reserve(int length)
    {
        if (length > _recent.Length - _recentLength)
        {
            Array.Resize(ref _recent, Math.Max(2 * _recent.Length, _recentLength + length));
        }

        _recentLength += length;
        return _recent.AsSpan(_recentLength - length, length);
    }
}
