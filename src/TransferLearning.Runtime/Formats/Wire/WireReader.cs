using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace TransferLearning.Runtime.Formats.Wire;

/// <summary>
/// Reads the fields of one message in the wire format of Protocol Buffers: <see cref="MoveToField"/>, then the value, or
/// <see cref="Skip"/>. Source: the specification "Encoding" of Protocol Buffers.
/// </summary>
internal ref struct WireReader(ReadOnlyMemory<byte> message)
{
    private const int MaxVarintLength = 10;

    private readonly ReadOnlyMemory<byte> _message = message;
    private readonly ReadOnlySpan<byte> _bytes = message.Span;
    private int _position;

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>How the value of the current field is encoded.</summary>
    public WireType Type { get; private set; }

    private readonly bool IsAtEnd => _position == _bytes.Length;

    /// <summary>Reads the tag of the next field; false at the end of the message.</summary>
    /// <exception cref="WireFormatException">The tag is none.</exception>
    public bool MoveToField()
    {
        if (IsAtEnd)
        {
            return false;
        }

        ulong tag = ReadVarint();
        if (tag > uint.MaxValue || tag >> 3 == 0)
        {
            throw new WireFormatException($"{tag} is not the tag of a field");
        }

        Field = (int)(tag >> 3);
        Type = (WireType)(tag & 7);
        return true;
    }

    /// <summary>Reads an integer of 7 bits per byte, the lowest first; the highest bit of a byte says that another follows.</summary>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < MaxVarintLength; i++)
        {
            if (IsAtEnd)
            {
                throw new WireFormatException("a number is cut short");
            }

            // Of the tenth byte, only the lowest bit counts.
            byte next = _bytes[_position++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new WireFormatException($"a number has more than {MaxVarintLength} bytes");
    }

    /// <summary>A negative number has ten bytes, as one of 64 bits.</summary>
    public long ReadInt64() => (long)ReadVarint();

    /// <summary>Of a number beyond 32 bits, the upper bits are dropped, by the rules of Protocol Buffers.</summary>
    public int ReadInt32() => (int)ReadVarint();

    public bool ReadBoolean() => ReadVarint() != 0;

    public float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)).Span);

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)).Span);

    /// <summary>A slice of the message, not a copy.</summary>
    public ReadOnlyMemory<byte> ReadBytes() => Take(ReadVarint());

    /// <summary>Reads a field of the type string, which must be UTF-8.</summary>
    public string ReadString()
    {
        ReadOnlySpan<byte> text = ReadBytes().Span;
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw new WireFormatException($"the field {Field} is no text in UTF-8");
    }

    /// <summary>Reads a field of the type bytes as text. What is not UTF-8 becomes the replacement character.</summary>
    public string ReadBytesAsText() => Encoding.UTF8.GetString(ReadBytes().Span);

    /// <summary>Reads a message into <paramref name="message"/> and returns it.</summary>
    public T ReadMessage<T>(T message)
        where T : WireMessage
    {
        message.Merge(ReadBytes());
        return message;
    }

    /// <summary>Appends one number, or those of a packed field.</summary>
    public void ReadInt64s(RepeatedValues<long> target)
    {
        if (Type == WireType.Varint)
        {
            target.Add(ReadInt64());
            return;
        }

        var packed = new WireReader(ReadBytes());
        target.Reserve(packed.CountVarints());
        while (!packed.IsAtEnd)
        {
            target.Add(packed.ReadInt64());
        }
    }

    /// <summary>Appends one number, or those of a packed field.</summary>
    public void ReadInt32s(RepeatedValues<int> target)
    {
        if (Type == WireType.Varint)
        {
            target.Add(ReadInt32());
            return;
        }

        var packed = new WireReader(ReadBytes());
        target.Reserve(packed.CountVarints());
        while (!packed.IsAtEnd)
        {
            target.Add(packed.ReadInt32());
        }
    }

    /// <summary>Appends one value, or those of a packed field.</summary>
    public void ReadBooleans(RepeatedValues<bool> target)
    {
        if (Type == WireType.Varint)
        {
            target.Add(ReadBoolean());
            return;
        }

        var packed = new WireReader(ReadBytes());
        target.Reserve(packed.CountVarints());
        while (!packed.IsAtEnd)
        {
            target.Add(packed.ReadBoolean());
        }
    }

    /// <summary>Appends one number, or those of a packed field.</summary>
    public void ReadSingles(RepeatedValues<float> target)
    {
        ReadOnlySpan<byte> numbers = ReadFixed(sizeof(float));
        target.Reserve(numbers.Length / sizeof(float));
        for (; numbers.Length > 0; numbers = numbers[sizeof(float)..])
        {
            target.Add(BinaryPrimitives.ReadSingleLittleEndian(numbers));
        }
    }

    /// <summary>Appends one number, or those of a packed field.</summary>
    public void ReadDoubles(RepeatedValues<double> target)
    {
        ReadOnlySpan<byte> numbers = ReadFixed(sizeof(double));
        target.Reserve(numbers.Length / sizeof(double));
        for (; numbers.Length > 0; numbers = numbers[sizeof(double)..])
        {
            target.Add(BinaryPrimitives.ReadDoubleLittleEndian(numbers));
        }
    }

    /// <summary>Passes the value of the current field, of which nothing has been read.</summary>
    /// <exception cref="WireFormatException">The value is a group, or of no type that there is, or is cut short.</exception>
    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireType.Fixed32:
                Take(sizeof(uint));
                break;
            case WireType.Bytes:
                ReadBytes();
                break;
            case WireType.GroupStart or WireType.GroupEnd:
                throw new WireFormatException($"the field {Field} is a group, which neither ONNX nor TensorFlow uses");
            default:
                throw new WireFormatException($"the field {Field} is of the wire type {(int)Type}, which does not exist");
        }
    }

    private readonly int CountVarints()
    {
        int count = 0;
        foreach (byte b in _bytes[_position..])
        {
            count += b < 0x80 ? 1 : 0;
        }

        return count;
    }

    /// <summary>The bytes of one number of a fixed size, or of those of a packed field.</summary>
    private ReadOnlySpan<byte> ReadFixed(int size)
    {
        ReadOnlySpan<byte> numbers = Type == WireType.Bytes ? ReadBytes().Span : Take((ulong)size).Span;
        return numbers.Length % size == 0
            ? numbers
            : throw new WireFormatException($"the field {Field} has {numbers.Length} bytes, which is no whole number of {size} bytes each");
    }

    private ReadOnlyMemory<byte> Take(ulong length)
    {
        int left = _bytes.Length - _position;
        if (length > (ulong)left)
        {
            throw new WireFormatException($"the field {Field} should have {length} bytes, but only {left} follow");
        }

        ReadOnlyMemory<byte> taken = _message.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }
}
