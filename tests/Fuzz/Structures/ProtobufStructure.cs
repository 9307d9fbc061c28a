using TransferLearning.Fuzz.Mutation;

namespace TransferLearning.Fuzz.Structures;

/// <summary>
/// Protocol Buffers: fields are changed, moved, repeated and removed at any depth, and the lengths around them are right. Which fields are
/// messages is guessed: those whose bytes can be read as fields.
/// </summary>
internal sealed class ProtobufStructure : IStructure
{
    private const int MaxDepth = 12;

    public static ProtobufStructure Instance { get; } = new();

    public byte[] Change(byte[] input, Random random) => Change(input, random, 0);

    public void Repair(Span<byte> input)
    {
        // There is nothing to repair.
    }

    private static byte[] Change(byte[] message, Random random, int depth)
    {
        if (Fields(message) is not { Count: > 0 } fields || depth > MaxDepth)
        {
            return ByteMutations.Change(message, random);
        }

        int at = random.Next(fields.Count);
        Field field = fields[at];
        switch (random.Next(8))
        {
            case 0:
                fields.RemoveAt(at);
                break;
            case 1:
                fields.Insert(random.Next(fields.Count), field);
                break;
            case 2:
                int other = random.Next(fields.Count);
                (fields[at], fields[other]) = (fields[other], field);
                break;
            default:
                fields[at] = field.Bytes is { } bytes
                    ? field with { Bytes = Change(bytes, random, depth + 1) }
                    : field with { Number = (ulong)ByteMutations.Interesting(random) };
                break;
        }

        using var target = new MemoryStream();
        foreach (Field f in fields)
        {
            f.WriteTo(target);
        }

        return target.ToArray();
    }

    private static List<Field>? Fields(byte[] message)
    {
        List<Field> fields = [];
        for (int at = 0; at < message.Length;)
        {
            if (ReadVarint(message, ref at) is not { } tag || tag >> 3 is 0 or > 1000)
            {
                return null;
            }

            int length = (tag & 7) switch { 1 => 8, 5 => 4, _ => 0 };
            switch (tag & 7)
            {
                case 0 when ReadVarint(message, ref at) is { } number:
                    fields.Add(new Field(tag, number, null));
                    break;
                case 2 when ReadVarint(message, ref at) is { } size && size <= (ulong)(message.Length - at):
                    fields.Add(new Field(tag, size, message[at..(at + (int)size)]));
                    at += (int)size;
                    break;
                case 1 or 5 when length <= message.Length - at:
                    fields.Add(new Field(tag, 0, message[at..(at + length)]));
                    at += length;
                    break;
                default:
                    return null;
            }
        }

        return fields;
    }

    private static ulong? ReadVarint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && at < message.Length; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        return null;
    }

    private sealed record Field(ulong Tag, ulong Number, byte[]? Bytes)
    {
        public void WriteTo(MemoryStream target)
        {
            WriteVarint(target, Tag);
            switch (Tag & 7)
            {
                case 0:
                    WriteVarint(target, Number);
                    break;
                case 2:
                    WriteVarint(target, (ulong)Bytes!.Length);
                    target.Write(Bytes);
                    break;
                default:
                    target.Write(Bytes);
                    break;
            }
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
}
