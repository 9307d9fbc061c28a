namespace TransferLearning.Advice;

/// <summary>
/// How accuracy grows with the number of images, and where that leads: the error is taken to fall as a power of the number of images
/// towards a floor (Hestness et al., "Deep learning scaling is predictable, empirically", 2017). Immutable.
/// </summary>
public sealed class LearningCurve
{
    private readonly PowerLaw _law;

    internal LearningCurve(IReadOnlyList<LearningCurvePoint> points, int judged)
    {
        Points = points;
        _law = PowerLaw.Fit([.. points.Select(p => (p.TrainImages, 1 - p.Accuracy))], judged);
    }

    /// <summary>What was measured, from few images to all.</summary>
    public IReadOnlyList<LearningCurvePoint> Points { get; }

    /// <summary>How many points (hundredths) of accuracy twice the images would add, by the fitted curve; at least 0.</summary>
    public double GainFromTwiceTheImages => 100 * (Predict(2 * Points[^1].TrainImages) - Predict(Points[^1].TrainImages));

    /// <summary>The accuracy to expect, 0..1. Far beyond the points measured it is a guess.</summary>
    /// <param name="trainImages">The number of images to learn from, at least 1.</param>
    public double Predict(double trainImages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trainImages, 1);
        return Math.Clamp(1 - _law.At(trainImages), 0, 1);
    }
}
