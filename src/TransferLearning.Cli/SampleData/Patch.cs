using TransferLearning.Cli.SampleData.Patterns;

namespace TransferLearning.Cli.SampleData;

/// <summary>The part of the picture that shows the pattern: all of it, an ellipse or a rectangle. A bar may cover some of it.</summary>
internal sealed record Patch(bool IsWhole, bool IsEllipse, double X, double Y, double Width, double Height, double BarX, double BarWidth)
{
    public static Patch Random(SampleRandom random)
    {
        bool hasBar = random.Chance(0.3);
        return new Patch(
            random.Chance(0.7),
            random.Chance(0.5),
            random.Between(-0.12, 0.12),
            random.Between(-0.12, 0.12),
            random.Between(0.42, 0.55),
            random.Between(0.42, 0.55),
            random.Between(-0.5, 0.5),
            hasBar ? random.Between(0.03, 0.08) : 0);
    }

    public bool Contains(double x, double y)
    {
        if (Math.Abs(x - BarX) < BarWidth / 2)
        {
            return false;
        }

        double dx = (x - X) / Width;
        double dy = (y - Y) / Height;
        return IsWhole || (IsEllipse ? (dx * dx) + (dy * dy) < 1 : Math.Abs(dx) < 1 && Math.Abs(dy) < 1);
    }
}
