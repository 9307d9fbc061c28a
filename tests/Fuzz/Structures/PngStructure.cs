using System.Buffers.Binary;
using System.IO.Compression;
using TransferLearning.Fuzz.Mutation;
using TransferLearning.Imaging.Decoding.Png;

namespace TransferLearning.Fuzz.Structures;

/// <summary>
/// PNG: chunks are changed, moved, repeated and removed, pixels are changed before they are compressed, and checksums are right.
/// </summary>
internal sealed class PngStructure : IStructure
{
    private const int SignatureLength = 8;
    private const int Overhead = 12;
    private const int MaxInflated = 1 << 20;

    public byte[] Change(byte[] input, Random random)
    {
        List<byte[]> chunks = [.. Chunks(input)];
        if (chunks.Count == 0)
        {
            return input;
        }

        int at = random.Next(chunks.Count);
        switch (random.Next(6))
        {
            case 0:
                chunks.RemoveAt(at);
                break;
            case 1:
                chunks.Insert(random.Next(chunks.Count), chunks[at]);
                break;
            case 2:
                (chunks[at], chunks[0]) = (chunks[0], chunks[at]);
                break;
            case 3:
                chunks[at] = ChangePixels(chunks[at], random);
                break;
            default:
                chunks[at] = [.. chunks[at]];
                ByteMutations.Overwrite(chunks[at].AsSpan(4), random);
                break;
        }

        return [.. input.AsSpan(0, SignatureLength), .. chunks.SelectMany(c => c)];
    }

    public void Repair(Span<byte> input)
    {
        for (int at = SignatureLength; at + Overhead <= input.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(input[at..]);
            if (length > input.Length - at - Overhead)
            {
                return;
            }

            uint crc = Crc32.Compute(input.Slice(at + 4, 4 + (int)length));
            BinaryPrimitives.WriteUInt32BigEndian(input[(at + 8 + (int)length)..], crc);
            at += Overhead + (int)length;
        }
    }

    private static IEnumerable<byte[]> Chunks(byte[] input)
    {
        for (int at = SignatureLength; at + Overhead <= input.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(input.AsSpan(at));
            if (length > input.Length - at - Overhead)
            {
                yield break;
            }

            yield return input[at..(at + Overhead + (int)length)];
            at += Overhead + (int)length;
        }
    }

    private static byte[] ChangePixels(byte[] chunk, Random random)
    {
        if (!chunk.AsSpan(4).StartsWith("IDAT"u8))
        {
            return chunk;
        }

        byte[] rows = new byte[MaxInflated];
        int length;
        try
        {
            using var inflating = new ZLibStream(new MemoryStream(chunk, 8, chunk.Length - Overhead), CompressionMode.Decompress);
            length = inflating.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            return chunk;
        }

        byte[] changed = ByteMutations.Change(rows[..length], random);
        using var compressed = new MemoryStream();
        using (var deflating = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflating.Write(changed);
        }

        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, (int)compressed.Length);
        return [.. size, .. "IDAT"u8, .. compressed.ToArray(), 0, 0, 0, 0];
    }
}
