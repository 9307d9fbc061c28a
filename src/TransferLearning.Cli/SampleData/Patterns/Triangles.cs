namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>Filled triangles of random rotation and size, one in each cell of a grid.</summary>
internal sealed class Triangles(SampleRandom random) : IPattern
{
    private readonly ulong _seed = random.NextSeed();
    private readonly double _turn = random.Between(0.02, 0.5);
    private readonly double _size = random.Between(0.26, 0.36);

    public double At(double u, double v)
    {
        int column = (int)Math.Floor(u);
        int row = (int)Math.Floor(v);
        double x = u - column - 0.5;
        double y = v - row - 0.5;
        double turns = _turn * SampleRandom.OfCell(_seed, column, row, 0);
        double size = _size * (0.8 + (0.4 * SampleRandom.OfCell(_seed, column, row, 1)));
        // A point is inside an equilateral triangle where it lies on the inner side of all three edges.
        for (int side = 0; side < 3; side++)
        {
            double direction = turns + (side / 3.0);
            if ((x * Angle.Cos(direction)) + (y * Angle.Sin(direction)) > size * 0.62)
            {
                return 0;
            }
        }

        return 1;
    }
}
