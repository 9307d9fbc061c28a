namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>Long ridges of value noise in three octaves, like the bark of a tree.</summary>
internal sealed class Bark(SampleRandom random) : IPattern
{
    private readonly ulong _seed = random.NextSeed();
    private readonly double _stretch = random.Between(2, 3.5);
    private readonly double _sharpness = random.Between(2.2, 3.5);

    public double At(double u, double v)
    {
        double y = v / _stretch;
        double sum = (0.55 * Ridge(u, y, 0)) + (0.3 * Ridge(u * 2, y * 2, 1)) + (0.15 * Ridge(u * 4, y * 4, 2));
        return Math.Clamp(((sum - 0.5) * _sharpness) + 0.5, 0, 1);
    }

    private double Ridge(double x, double y, int octave) => 1 - Math.Abs((2 * Noise(x, y, octave)) - 1);

    private double Noise(double x, double y, int octave)
    {
        int column = (int)Math.Floor(x);
        int row = (int)Math.Floor(y);
        double fx = Smooth(x - column);
        double fy = Smooth(y - row);
        double top = Mix(Corner(column, row, octave), Corner(column + 1, row, octave), fx);
        double bottom = Mix(Corner(column, row + 1, octave), Corner(column + 1, row + 1, octave), fx);
        return Mix(top, bottom, fy);
    }

    private double Corner(int column, int row, int octave) => SampleRandom.OfCell(_seed, column, row, octave);

    private static double Mix(double a, double b, double t) => a + ((b - a) * t);

    private static double Smooth(double t) => t * t * (3 - (2 * t));
}
