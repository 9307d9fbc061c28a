namespace TransferLearning.OutOfDistribution;

/// <summary>
/// How far images of the classes that a detector was not fitted to lie from the nearest class: means and standard deviations of squared
/// distances. <see cref="FeatureReplay.DrawUnseen"/> draws features at such distances. Immutable.
/// </summary>
/// <param name="NearestMean">Of <see cref="MahalanobisDistances.Nearest"/>.</param>
/// <param name="NearestDeviation">Likewise.</param>
/// <param name="RestMean">Of <see cref="MahalanobisDistances.Rest"/>.</param>
/// <param name="RestDeviation">Likewise.</param>
internal sealed record DistanceSpread(float NearestMean, float NearestDeviation, float RestMean, float RestDeviation)
{
    /// <param name="distances">At least one.</param>
    public static DistanceSpread Of(IReadOnlyCollection<MahalanobisDistances> distances)
    {
        (float nearestMean, float nearestDeviation) = Moments([.. distances.Select(d => d.Nearest)]);
        (float restMean, float restDeviation) = Moments([.. distances.Select(d => d.Rest)]);
        return new DistanceSpread(nearestMean, nearestDeviation, restMean, restDeviation);
    }

    /// <summary>A squared distance within the basis: log-normal, with the mean and the deviation of the images.</summary>
    /// <param name="normal">A standard normal deviate.</param>
    public double Nearest(double normal) => LogNormal(NearestMean, NearestDeviation, normal);

    /// <summary>A squared distance outside the basis, likewise.</summary>
    /// <param name="normal">A standard normal deviate.</param>
    public double Rest(double normal) => LogNormal(RestMean, RestDeviation, normal);

    private static double LogNormal(double mean, double deviation, double normal)
    {
        if (mean <= 0)
        {
            return 0;
        }

        double variance = Math.Log(1 + (deviation * deviation / (mean * mean)));
        return mean * Math.Exp((Math.Sqrt(variance) * normal) - (variance / 2));
    }

    private static (float Mean, float Deviation) Moments(double[] values)
    {
        double mean = values.Average();
        return ((float)mean, (float)Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }
}
