namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>Concentric circles around centers that lie a few repeats apart, like raindrops on water.</summary>
internal sealed class Rings(SampleRandom random) : IPattern
{
    // Close enough for a picture to show several centers: without one, arcs look like wavy stripes.
    private const double Cell = 3;
    private const double RingsPerUnit = 1.5;

    private readonly ulong _seed = random.NextSeed();
    private readonly double _share = random.Between(0.35, 0.65);

    public double At(double u, double v)
    {
        int column = (int)Math.Floor(u / Cell);
        int row = (int)Math.Floor(v / Cell);
        double nearest = double.MaxValue;
        for (int r = row - 1; r <= row + 1; r++)
        {
            for (int c = column - 1; c <= column + 1; c++)
            {
                double x = u - (Cell * (c + 0.3 + (0.4 * SampleRandom.OfCell(_seed, c, r, 0))));
                double y = v - (Cell * (r + 0.3 + (0.4 * SampleRandom.OfCell(_seed, c, r, 1))));
                nearest = Math.Min(nearest, (x * x) + (y * y));
            }
        }

        double distance = Math.Sqrt(nearest) * RingsPerUnit;
        return distance - Math.Floor(distance) < _share ? 1 : 0;
    }
}
