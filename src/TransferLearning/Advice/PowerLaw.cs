namespace TransferLearning.Advice;

/// <summary>error(n) = Scale * n^-Rate + Floor, all three not negative: how the error of a classifier falls with the number of images
/// (Hestness et al., "Deep learning scaling is predictable, empirically", 2017). Immutable.</summary>
/// <param name="Scale">The error at one image, above the floor.</param>
/// <param name="Rate">How fast it falls.</param>
/// <param name="Floor">The error that no number of images gets below.</param>
internal sealed record PowerLaw(double Scale, double Rate, double Floor)
{
    private const double SlowestRate = 0.05;
    private const double FastestRate = 1.5;
    private const double RateStep = 0.01;

    public double At(double images) => (Scale * Math.Pow(images, -Rate)) + Floor;

    /// <summary>The law with the least squared error, each point weighted by how sure an error counted over so many images is.</summary>
    /// <param name="points">Training images and error 0..1; at least two.</param>
    /// <param name="judged">The number of images that each error was counted over.</param>
    public static PowerLaw Fit(IReadOnlyList<(double Images, double Error)> points, int judged)
    {
        PowerLaw best = new(0, SlowestRate, points.Average(p => p.Error));
        double lowest = double.PositiveInfinity;
        for (double rate = SlowestRate; rate <= FastestRate; rate += RateStep)
        {
            PowerLaw law = FitScale(points, rate, judged);
            double error = points.Sum(p => Weight(p.Error, judged) * Square(law.At(p.Images) - p.Error));
            (best, lowest) = error < lowest ? (law, error) : (best, lowest);
        }

        return best;
    }

    /// <summary>Linear least squares for scale and floor at a given rate; where one would be negative it is 0, and the other is fitted
    /// alone.</summary>
    private static PowerLaw FitScale(IReadOnlyList<(double Images, double Error)> points, double rate, int judged)
    {
        double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
        foreach ((double images, double error) in points)
        {
            double weight = Weight(error, judged), x = Math.Pow(images, -rate);
            (w, wx, wy, wxx, wxy) = (w + weight, wx + (weight * x), wy + (weight * error), wxx + (weight * x * x), wxy + (weight * x * error));
        }

        double determinant = (w * wxx) - (wx * wx);
        double scale = determinant > 0 ? ((w * wxy) - (wx * wy)) / determinant : 0;
        if (scale <= 0)
        {
            return new PowerLaw(0, rate, wy / w);
        }

        double floor = (wy - (scale * wx)) / w;
        return floor >= 0 ? new PowerLaw(scale, rate, floor) : new PowerLaw(wxy / wxx, rate, 0);
    }

    private static double Weight(double error, int judged) => 1 / ((error * (1 - error)) + (1.0 / judged));

    private static double Square(double value) => value * value;
}
