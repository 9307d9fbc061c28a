using System.Buffers.Binary;
using System.Numerics;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Fuzz.Mutation;

namespace TransferLearning.Fuzz.Structures;

/// <summary>
/// Record files: the header is changed, with a checksum that is right. Those of records stay wrong: a record with a right one is a valid
/// one.
/// </summary>
internal sealed class CacheStructure : IStructure
{
    public static CacheStructure Instance { get; } = new();

    public byte[] Change(byte[] input, Random random)
    {
        byte[] changed = [.. input];
        ByteMutations.Overwrite(changed.AsSpan(0, Math.Min(RecordFormat.HeaderSize, changed.Length)), random);
        return changed;
    }

    public void Repair(Span<byte> input)
    {
        const int covered = RecordFormat.HeaderSize - sizeof(uint);
        if (input.Length < RecordFormat.HeaderSize)
        {
            return;
        }

        uint checksum = uint.MaxValue;
        foreach (byte b in input[..covered])
        {
            checksum = BitOperations.Crc32C(checksum, b);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(input[covered..], ~checksum);
    }
}
