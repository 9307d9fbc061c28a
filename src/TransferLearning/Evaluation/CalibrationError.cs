namespace TransferLearning.Evaluation;

/// <summary>
/// The expected calibration error (Guo et al., "On calibration of modern neural networks", 2017): the mean difference between
/// the confidence and the accuracy of predictions, over bins of equal width of the predicted class's probability. Not thread-safe.
/// </summary>
internal sealed class CalibrationError
{
    public const int Bins = 15;

    private readonly double[] _confidence = new double[Bins];
    private readonly int[] _correct = new int[Bins];
    private readonly int[] _images = new int[Bins];

    /// <summary>0..1.</summary>
    public double Value
    {
        get
        {
            double sum = 0;
            for (int bin = 0; bin < Bins; bin++)
            {
                sum += Math.Abs(_confidence[bin] - _correct[bin]);
            }

            return sum / _images.Sum();
        }
    }

    /// <summary>The bins, from the lowest confidence to the highest.</summary>
    public ReliabilityBin[] ToBins() => [.. Enumerable.Range(0, Bins).Select(b => new ReliabilityBin(
        (double)b / Bins,
        (b + 1.0) / Bins,
        _images[b],
        _images[b] == 0 ? 0 : _confidence[b] / _images[b],
        _images[b] == 0 ? 0 : (double)_correct[b] / _images[b]))];

    /// <summary>Adds a prediction. Bins are open below and closed above, as in the paper: ((m - 1) / 15, m / 15].</summary>
    public void Add(double confidence, bool correct)
    {
        int bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
        _confidence[bin] += confidence;
        _correct[bin] += correct ? 1 : 0;
        _images[bin]++;
    }
}
