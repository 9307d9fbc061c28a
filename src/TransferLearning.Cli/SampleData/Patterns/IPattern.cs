namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>A class of the sample data: a two-color pattern on the plane that repeats about once per unit.</summary>
internal interface IPattern
{
    /// <summary>The share of the foreground at a point, 0..1.</summary>
    double At(double u, double v);
}
