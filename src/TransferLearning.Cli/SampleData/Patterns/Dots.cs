namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>Discs of varied size, one a cell of a shaken lattice.</summary>
internal sealed class Dots(SampleRandom random) : IPattern
{
    private readonly ulong _seed = random.NextSeed();
    private readonly double _shake = random.Between(0, 0.25);
    private readonly double _radius = random.Between(0.2, 0.3);

    public double At(double u, double v)
    {
        // The largest disc, shaken the most, still lies inside its cell, so that no neighbor needs a look.
        int column = (int)Math.Floor(u);
        int row = (int)Math.Floor(v);
        double x = u - column - 0.5 - (_shake * (SampleRandom.OfCell(_seed, column, row, 0) - 0.5));
        double y = v - row - 0.5 - (_shake * (SampleRandom.OfCell(_seed, column, row, 1) - 0.5));
        double radius = _radius * (0.75 + (0.5 * SampleRandom.OfCell(_seed, column, row, 2)));
        return (x * x) + (y * y) < radius * radius ? 1 : 0;
    }
}
