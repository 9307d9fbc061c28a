using TransferLearning.Fuzz.Structures;

namespace TransferLearning.Fuzz.Mutation;

/// <summary>Makes mutants of seeds. A mutant depends on the run's seed and its own number only. Thread-safe.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, IStructure structure, int seed)
{
    private const int MaxChanges = 6;
    private const int MaxLength = 1 << 20;

    // Reaches what refuses wrong checksums, in a few mutants.
    private const int RepairsOf = 8;

    public byte[] Make(long number)
    {
        var random = new Random(Mix(((ulong)(uint)seed << 40) ^ (ulong)number));
        byte[] mutant = seeds[random.Next(seeds.Count)];
        int changes = 1 + random.Next(random.Next(1, MaxChanges + 1));
        for (int i = 0; i < changes; i++)
        {
            mutant = random.Next(16) switch
            {
                0 => Splice(mutant, seeds[random.Next(seeds.Count)], random),
                < 8 => structure.Change(mutant, random),
                _ => ByteMutations.Change(mutant, random),
            };
        }

        byte[] file = [.. mutant.AsSpan(0, Math.Min(mutant.Length, MaxLength))];
        if (random.Next(RepairsOf) != 0)
        {
            structure.Repair(file);
        }

        return file;
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): neighboring numbers give unlike mutants.
    private static int Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return (int)(x ^ (x >> 31));
    }

    /// <summary>The start of one file and the end of another.</summary>
    private static byte[] Splice(byte[] first, byte[] second, Random random) =>
        [.. first.AsSpan(0, random.Next(first.Length + 1)), .. second.AsSpan(random.Next(second.Length + 1))];
}
