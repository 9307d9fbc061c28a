namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>Parallel bands, straight or slightly wavy.</summary>
internal sealed class Stripes(SampleRandom random) : IPattern
{
    private readonly double _share = random.Between(0.3, 0.7);
    private readonly double _wave = random.Between(0, 0.1);
    private readonly double _waveLength = random.Between(2, 5);

    public double At(double u, double v)
    {
        double x = u + (_wave * Angle.Sin(v / _waveLength));
        return x - Math.Floor(x) < _share ? 1 : 0;
    }
}
