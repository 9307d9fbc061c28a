using TransferLearning.Fuzz.Mutation;

namespace TransferLearning.Fuzz.Structures;

/// <summary>Zip: the fields of the headers of entries, of the directory and of its end are changed.</summary>
internal sealed class ZipStructure : IStructure
{
    private const int HeaderLength = 46;

    public byte[] Change(byte[] input, Random random)
    {
        List<int> headers = [];
        for (int at = 0; at + 4 <= input.Length; at++)
        {
            if (input.AsSpan(at) is [(byte)'P', (byte)'K', < 8, < 9, ..])
            {
                headers.Add(at);
            }
        }

        byte[] changed = [.. input];
        if (headers.Count > 0)
        {
            Span<byte> header = changed.AsSpan(headers[random.Next(headers.Count)]);
            ByteMutations.Overwrite(header[Math.Min(4, header.Length)..Math.Min(HeaderLength, header.Length)], random);
        }

        return changed;
    }

    public void Repair(Span<byte> input)
    {
        // The checksums are those of the unpacked entries, which are changed by few mutations.
    }
}
