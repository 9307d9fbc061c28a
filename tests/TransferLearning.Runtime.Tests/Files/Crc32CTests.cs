using TransferLearning.Runtime.Files;

namespace TransferLearning.Runtime.Tests.Files;

public sealed class Crc32CTests
{
    [Fact]
    public void Has_the_check_value_of_the_standard() => Crc32C.Append(0, "123456789"u8).ShouldBe(0xE3069283);

    [Fact]
    public void Is_that_of_single_bits_for_every_length()
    {
        byte[] bytes = Bytes();
        for (int length = 0; length <= bytes.Length; length++)
        {
            Crc32C.Append(0, bytes.AsSpan(0, length)).ShouldBe(Reference(bytes.AsSpan(0, length)), $"{length} bytes");
        }
    }

    [Fact]
    public void Continues_from_the_bytes_before()
    {
        byte[] bytes = Bytes();
        uint whole = Crc32C.Append(0, bytes);
        for (int first = 0; first <= bytes.Length; first += 7)
        {
            Crc32C.Append(Crc32C.Append(0, bytes.AsSpan(0, first)), bytes.AsSpan(first)).ShouldBe(whole, $"{first} bytes first");
        }
    }

    private static byte[] Bytes()
    {
        byte[] bytes = new byte[300];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static uint Reference(ReadOnlySpan<byte> bytes)
    {
        uint checksum = ~0u;
        foreach (byte b in bytes)
        {
            checksum ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                checksum = (checksum & 1) == 0 ? checksum >> 1 : (checksum >> 1) ^ 0x82F63B78;
            }
        }

        return ~checksum;
    }
}
