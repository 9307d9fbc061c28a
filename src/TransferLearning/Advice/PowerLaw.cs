namespace TransferLearning.Advice;

/// <summary>
/// error(n) = Scale * n^-Rate + Floor, with all three at least 0: how the error of a classifier falls with the number of images (Hestness
/// et al., "Deep learning scaling is predictable, empirically", 2017). Immutable.
/// </summary>
/// <param name="Scale">The error with one image, above the floor.</param>
/// <param name="Rate">The exponent: how fast the error falls.</param>
/// <param name="Floor">The error that remains with any number of images.</param>
internal sealed record PowerLaw(double Scale, double Rate, double Floor)
{
    private const double MinRate = 0.05;
    private const double MaxRate = 1.5;
    private const double RateStep = 0.01;

    public double At(double images) => (Scale * Math.Pow(images, -Rate)) + Floor;

    /// <summary>
    /// The law with the least squared error, each point weighted by the inverse variance of an error counted over so many images.
    /// </summary>
    /// <param name="points">Numbers of training images and errors 0..1; at least two points.</param>
    /// <param name="evaluatedImages">The number of images that each error was counted over.</param>
    public static PowerLaw Fit(IReadOnlyList<(double Images, double Error)> points, int evaluatedImages)
    {
        PowerLaw best = new(0, MinRate, points.Average(p => p.Error));
        double lowest = double.PositiveInfinity;
        for (double rate = MinRate; rate <= MaxRate; rate += RateStep)
        {
            PowerLaw law = FitScale(points, rate, evaluatedImages);
            double error = points.Sum(p => Weight(p.Error, evaluatedImages) * Square(law.At(p.Images) - p.Error));
            (best, lowest) = error < lowest ? (law, error) : (best, lowest);
        }

        return best;
    }

    /// <summary>
    /// Linear least squares for scale and floor at a given rate; if one would be negative, it is 0, and the other is fitted alone.
    /// </summary>
    private static PowerLaw FitScale(IReadOnlyList<(double Images, double Error)> points, double rate, int evaluatedImages)
    {
        double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
        foreach ((double images, double error) in points)
        {
            double weight = Weight(error, evaluatedImages), x = Math.Pow(images, -rate);
            (w, wx, wy) = (w + weight, wx + (weight * x), wy + (weight * error));
            (wxx, wxy) = (wxx + (weight * x * x), wxy + (weight * x * error));
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

    private static double Weight(double error, int evaluatedImages) => 1 / ((error * (1 - error)) + (1.0 / evaluatedImages));

    private static double Square(double value) => value * value;
}
