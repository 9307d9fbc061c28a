using System.Buffers.Binary;
using System.Numerics;

namespace TransferLearning.Runtime.Files;

/// <summary>The checksum CRC-32C (Castagnoli) of files.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of bytes that follow others.</summary>
    /// <param name="checksum">The checksum of the bytes before; 0 for none.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        // The complement makes leading zeros count: a hole of zeros in a file is not valid.
        checksum = ~checksum;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte b in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, b);
        }

        return ~checksum;
    }
}
