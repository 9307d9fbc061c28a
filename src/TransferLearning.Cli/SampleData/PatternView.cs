using TransferLearning.Cli.SampleData.Patterns;

namespace TransferLearning.Cli.SampleData;

/// <summary>How a camera sees a pattern: rotated, scaled, slanted, in perspective and shifted.</summary>
internal sealed record PatternView(double Cos, double Sin, double Repeats, double Slant, double Depth, double OffsetU, double OffsetV)
{
    public static PatternView Random(SampleRandom random)
    {
        double turns = random.Next();
        return new PatternView(
            Angle.Cos(turns),
            Angle.Sin(turns),
            random.Between(4, 7),
            random.Between(-0.2, 0.2),
            random.Between(-0.25, 0.25),
            random.Between(0, 64),
            random.Between(0, 64));
    }

    /// <summary>The point of the pattern's plane that is seen at a point of the picture, whose coordinates are -0.5..0.5.</summary>
    public (double U, double V) ToPattern(double x, double y)
    {
        // Depth makes one side of the picture farther away; Repeats is how often the pattern fits in the picture.
        double scale = Repeats * (1 + (Depth * y));
        double u = scale * ((x * Cos) - (y * Sin));
        double v = scale * ((x * Sin) + (y * Cos));
        return (u + (Slant * v) + OffsetU, v + OffsetV);
    }
}
