using System.Buffers.Binary;

namespace TransferLearning.Fuzz.Mutation;

/// <summary>Changes of bytes that need no knowledge of a format.</summary>
internal static class ByteMutations
{
    private const int MaxRun = 64;

    // Where sizes, counts and signs change their meaning.
    private static readonly long[] Integers =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 100, 127, 128, 255, 256, 511, 512, 1000, 1023, 1024, 4095, 4096, 16384, 32767, 32768,
        65535, 65536, 1 << 20, 1 << 24, 100_000_000, int.MaxValue - 1, int.MaxValue, 1L << 31, uint.MaxValue - 1, uint.MaxValue, 1L << 32,
        1L << 40, long.MaxValue - 1, long.MaxValue, long.MinValue, -1, -2, -8, -128, -32768, int.MinValue,
    ];

    public static long Interesting(Random random) => random.Next(4) switch
    {
        0 => random.Next(256),
        1 => random.NextInt64(),
        _ => Integers[random.Next(Integers.Length)],
    };

    /// <summary>Changes the bytes, and perhaps their number.</summary>
    public static byte[] Change(byte[] input, Random random)
    {
        int at = random.Next(input.Length + 1);
        int length = Math.Min(input.Length - at, random.Next(1, MaxRun));
        switch (random.Next(10))
        {
            case 0:
                return input[..at];
            case 1:
                return [.. input.AsSpan(0, at), .. input.AsSpan(at + length)];
            case 2:
                return [.. input.AsSpan(0, at), .. input.AsSpan(at, length), .. input.AsSpan(at)];
            case 3:
                byte[] run = new byte[random.Next(1, MaxRun)];
                run.AsSpan().Fill((byte)Interesting(random));
                return [.. input.AsSpan(0, at), .. run, .. input.AsSpan(at)];
            default:
                byte[] changed = [.. input];
                Overwrite(changed, random);
                return changed;
        }
    }

    /// <summary>Changes some of the bytes.</summary>
    public static void Overwrite(Span<byte> bytes, Random random)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        int at = random.Next(bytes.Length);
        Span<byte> rest = bytes[at..];
        long value = Interesting(random);
        bool isBigEndian = random.Next(2) == 0;
        switch (random.Next(8))
        {
            case 0 or 1:
                rest[0] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                rest[0] = (byte)random.Next(256);
                break;
            case 3:
                rest[0] = (byte)(rest[0] + random.Next(-8, 9));
                break;
            case 4 when rest.Length >= sizeof(short):
                Write(rest[..sizeof(short)], value, isBigEndian);
                break;
            case 5 when rest.Length >= sizeof(int):
                Write(rest[..sizeof(int)], value, isBigEndian);
                break;
            case 6 when rest.Length >= sizeof(long):
                Write(rest[..sizeof(long)], value, isBigEndian);
                break;
            default:
                rest[0] = (byte)value;
                break;
        }
    }

    private static void Write(Span<byte> target, long value, bool isBigEndian)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        bytes[..target.Length].CopyTo(target);
        if (isBigEndian)
        {
            target.Reverse();
        }
    }
}
