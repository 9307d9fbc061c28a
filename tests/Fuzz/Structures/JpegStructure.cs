using System.Buffers.Binary;
using TransferLearning.Fuzz.Mutation;

namespace TransferLearning.Fuzz.Structures;

/// <summary>JPEG: segments are changed, moved, repeated and removed, with the entropy-coded data after them.</summary>
internal sealed class JpegStructure : IStructure
{
    public byte[] Change(byte[] input, Random random)
    {
        List<byte[]> segments = [.. Segments(input)];
        int at = random.Next(segments.Count);
        switch (random.Next(6))
        {
            case 0:
                segments.RemoveAt(at);
                break;
            case 1:
                segments.Insert(random.Next(segments.Count), segments[at]);
                break;
            case 2:
                int other = random.Next(segments.Count);
                (segments[at], segments[other]) = (segments[other], segments[at]);
                break;
            case 3:
                // Another kind of frame, most of which have the same header.
                int frame = segments.FindIndex(s => s is [0xFF, >= 0xC0 and <= 0xC2, ..]);
                if (frame >= 0)
                {
                    segments[frame] = [0xFF, (byte)(0xC0 + random.Next(4)), .. segments[frame].AsSpan(2)];
                }

                break;
            default:
                // The start: a segment's header, not its entropy-coded data.
                segments[at] = [.. segments[at]];
                ByteMutations.Overwrite(segments[at].AsSpan(Math.Min(segments[at].Length, 2)..Math.Min(segments[at].Length, 40)), random);
                break;
        }

        return [.. segments.SelectMany(s => s)];
    }

    public void Repair(Span<byte> input)
    {
        // There is nothing to repair.
    }

    /// <summary>The file in parts, each from a marker to the next.</summary>
    private static IEnumerable<byte[]> Segments(byte[] input)
    {
        int start = 0;
        for (int at = 2; at + 4 <= input.Length;)
        {
            bool isMarker = input[at] == 0xFF && input[at + 1] is not (0 or 0xFF or >= 0xD0 and <= 0xD7);
            if (!isMarker)
            {
                at++;
                continue;
            }

            yield return input[start..at];
            start = at;
            at = Math.Min(input.Length, at + 2 + BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at + 2)));
        }

        yield return input[start..];
    }
}
