using System.IO.Compression;
using System.Text;
using TransferLearning.Fuzz.Mutation;

namespace TransferLearning.Fuzz.Structures;

/// <summary>
/// Tar: blocks are changed, moved, repeated and removed, and the checksums of headers are right. A .tar.gz file is unpacked first.
/// </summary>
internal sealed class TarStructure : IStructure
{
    private const int Block = 512;
    private const int MaxUnpacked = 1 << 20;

    // Name, mode, length, type, name of a link, magic, prefix.
    private static readonly (int Start, int Length)[] Fields = [(0, 100), (100, 8), (124, 12), (156, 1), (157, 100), (257, 8), (345, 155)];

    public byte[] Change(byte[] input, Random random)
    {
        if (!IsCompressed(input))
        {
            return ChangeBlocks(input, random);
        }

        byte[] unpacked = new byte[MaxUnpacked];
        int length;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(input), CompressionMode.Decompress);
            length = gzip.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            return input;
        }

        byte[] changed = ChangeBlocks(unpacked[..length], random);
        RepairBlocks(changed);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(changed);
        }

        return packed.ToArray();
    }

    public void Repair(Span<byte> input)
    {
        if (!IsCompressed(input))
        {
            RepairBlocks(input);
        }
    }

    public static bool IsCompressed(ReadOnlySpan<byte> input) => input is [0x1F, 0x8B, ..];

    private static byte[] ChangeBlocks(byte[] input, Random random)
    {
        List<byte[]> blocks = [.. input.Chunk(Block)];
        if (blocks.Count == 0)
        {
            return input;
        }

        int at = random.Next(blocks.Count);
        switch (random.Next(6))
        {
            case 0:
                blocks.RemoveAt(at);
                break;
            case 1:
                blocks.Insert(random.Next(blocks.Count), blocks[at]);
                break;
            default:
                (int start, int length) = Fields[random.Next(Fields.Length)];
                Span<byte> field = blocks[at].AsSpan(Math.Min(start, blocks[at].Length)..Math.Min(start + length, blocks[at].Length));
                ChangeField(field, random);
                break;
        }

        return [.. blocks.SelectMany(b => b)];
    }

    private static void ChangeField(Span<byte> field, Random random)
    {
        if (field.Length == 1)
        {
            field[0] = (byte)"01234567xgLKSDMVX\0"[random.Next(18)];
        }
        else if (field.Length == 12 && random.Next(2) == 0)
        {
            string octal = Convert.ToString(Math.Abs(ByteMutations.Interesting(random) % (1L << 33)), 8).PadLeft(11, '0');
            Encoding.ASCII.GetBytes(octal).CopyTo(field);
        }
        else
        {
            ByteMutations.Overwrite(field, random);
        }
    }

    private static void RepairBlocks(Span<byte> input)
    {
        for (int at = 0; at + Block <= input.Length; at += Block)
        {
            Span<byte> block = input.Slice(at, Block);

            // Contents have no mode, or one that is no number.
            if (block[100..107].ContainsAnyExceptInRange((byte)'0', (byte)'7'))
            {
                continue;
            }

            int sum = 8 * ' ';
            for (int i = 0; i < Block; i++)
            {
                sum += i is >= 148 and < 156 ? 0 : block[i];
            }

            Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(block[148..]);
        }
    }
}
