namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>A class of the sample data: a black and white pattern on the plane, about one repeat a unit.</summary>
internal interface IPattern
{
    /// <summary>How much of the foreground is seen at a point, 0..1.</summary>
    double At(double u, double v);
}
