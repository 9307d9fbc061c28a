namespace TransferLearning.Imaging.Augmentation;

/// <summary>
/// The random numbers of one view of an image, from a seed: SplitMix64 (Steele, Lea and Flood, 2014).
/// </summary>
internal struct ViewRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next number, at least 0 and below 1.</summary>
    public double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The next number between two bounds.</summary>
    public double Next(double from, double to) => from + ((to - from) * Next());

    /// <summary>Whether an event of a probability happens.</summary>
    public bool Happens(double probability) => Next() < probability;
}
