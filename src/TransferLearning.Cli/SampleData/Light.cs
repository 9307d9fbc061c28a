using TransferLearning.Cli.SampleData.Patterns;

namespace TransferLearning.Cli.SampleData;

/// <summary>Uneven light: brighter on one side, darker towards the corners.</summary>
internal sealed record Light(double Level, double SlopeX, double SlopeY, double Falloff)
{
    public static Light Random(SampleRandom random) => new(
        random.Between(0.65, 1.15), random.Between(-0.5, 0.5), random.Between(-0.5, 0.5), random.Between(0, 0.9));

    /// <summary>The factor on a surface's color at a point of the picture, whose coordinates are -0.5..0.5.</summary>
    public double At(double x, double y) =>
        Math.Max(0.1, Level * (1 + (SlopeX * x) + (SlopeY * y) - (Falloff * ((x * x) + (y * y)))));
}
