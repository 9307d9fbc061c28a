namespace TransferLearning.Advice;

/// <summary>
/// How accuracy grows with the number of training images. It is extrapolated by a power law: the error falls as a power of the number of
/// images, towards a floor (Hestness et al., "Deep learning scaling is predictable, empirically", 2017).
/// </summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed class LearningCurve
{
    private readonly PowerLaw _law;

    internal LearningCurve(IReadOnlyList<LearningCurvePoint> points, int evaluatedImages)
    {
        Points = points;
        _law = PowerLaw.Fit([.. points.Select(p => (p.TrainImages, 1 - p.Accuracy))], evaluatedImages);
    }

    /// <summary>The measured points, from few images to all.</summary>
    public IReadOnlyList<LearningCurvePoint> Points { get; }

    /// <summary>The percentage points of accuracy that twice the images would add, by the fitted curve; at least 0.</summary>
    public double GainFromTwiceTheImages => 100 * (Predict(2 * Points[^1].TrainImages) - Predict(Points[^1].TrainImages));

    /// <summary>The expected accuracy, 0..1. Far beyond the measured points it is a guess.</summary>
    /// <param name="trainImages">The number of training images, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainImages"/> is below 1.</exception>
    public double Predict(double trainImages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trainImages, 1);
        return Math.Clamp(1 - _law.At(trainImages), 0, 1);
    }
}
