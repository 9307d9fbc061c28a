using TransferLearning.Fuzz.Mutation;

namespace TransferLearning.Fuzz.Structures;

/// <summary>A format without checksums, whose header is in its first bytes: half of the changes are there.</summary>
internal sealed class PlainStructure(int headerLength) : IStructure
{
    public byte[] Change(byte[] input, Random random)
    {
        byte[] changed = [.. input];
        ByteMutations.Overwrite(changed.AsSpan(0, Math.Min(headerLength, changed.Length)), random);
        return changed;
    }

    public void Repair(Span<byte> input)
    {
        // There is nothing to repair.
    }
}
