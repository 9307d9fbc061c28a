namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>Discs of varied size, one in each cell of a grid, each off its center by chance.</summary>
internal sealed class Dots(SampleRandom random) : IPattern
{
    private readonly ulong _seed = random.NextSeed();
    private readonly double _jitter = random.Between(0, 0.25);
    private readonly double _radius = random.Between(0.2, 0.3);

    public double At(double u, double v)
    {
        // Even the largest disc lies within its cell, however far off the center it is: neighboring cells need no check.
        int column = (int)Math.Floor(u);
        int row = (int)Math.Floor(v);
        double x = u - column - 0.5 - (_jitter * (SampleRandom.OfCell(_seed, column, row, 0) - 0.5));
        double y = v - row - 0.5 - (_jitter * (SampleRandom.OfCell(_seed, column, row, 1) - 0.5));
        double radius = _radius * (0.75 + (0.5 * SampleRandom.OfCell(_seed, column, row, 2)));
        return (x * x) + (y * y) < radius * radius ? 1 : 0;
    }
}
