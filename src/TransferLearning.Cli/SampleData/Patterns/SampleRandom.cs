namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>
/// Random numbers that are the same on every platform and version of .NET: SplitMix64 (Steele, Lea and Flood, 2014). Integer arithmetic
/// and exact conversions only.
/// </summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A separate generator for each image, so that images can be drawn in any order.</summary>
    public static SampleRandom For(int seed, int classIndex, int image)
    {
        ulong mixed = Mix((ulong)(uint)seed);
        mixed = Mix(mixed ^ (ulong)(uint)classIndex);
        return new SampleRandom(Mix(mixed ^ (ulong)(uint)image));
    }

    /// <summary>Uniform in 0..1, 1 excluded.</summary>
    public double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    public double Between(double low, double high) => low + ((high - low) * Next());

    public bool Chance(double probability) => Next() < probability;

    /// <summary>About normal, mean 0 and deviation 1: the sum of twelve uniform numbers, which needs no logarithm.</summary>
    public double Normal()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += Next();
        }

        return sum;
    }

    /// <summary>Uniform in 0..1 for a cell of a grid: the same cell always gives the same number.</summary>
    public static double OfCell(ulong seed, int column, int row, int what)
    {
        ulong mixed = Mix(seed ^ (uint)column);
        mixed = Mix(mixed ^ ((ulong)(uint)row << 32));
        return (Mix(mixed ^ (ulong)(uint)what) >> 11) * (1.0 / (1UL << 53));
    }

    public ulong NextSeed()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
