namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>A chessboard whose squares may be stretched.</summary>
internal sealed class Checks(SampleRandom random) : IPattern
{
    private readonly double _aspect = random.Between(0.75, 1.35);

    public double At(double u, double v) =>
        (((long)Math.Floor(u * 1.7) + (long)Math.Floor(v * 1.7 * _aspect)) & 1) == 0 ? 1 : 0;
}
