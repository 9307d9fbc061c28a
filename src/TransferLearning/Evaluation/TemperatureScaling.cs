namespace TransferLearning.Evaluation;

/// <summary>
/// Calibrates probabilities: softmax(logits / temperature), with the one temperature that has the lowest log loss on images that were not
/// trained on (Guo et al., "On calibration of modern neural networks", 2017). The ranking of the classes does not change; that by the mean
/// of several heads' probabilities may, where the heads disagree.
/// </summary>
internal static class TemperatureScaling
{
    /// <summary>The lower end of the search: if all images are right, the best temperature is 0.</summary>
    public const double MinTemperature = 0.05;

    /// <summary>The upper end of the search: if all images are wrong, the best temperature is infinite.</summary>
    public const double MaxTemperature = 20;

    // With fewer mistakes the temperature would be a matter of chance; with none, it would make every prediction certain.
    private const int MinMistakes = 3;

    // The search ends when a step is smaller: enough for all digits in single precision.
    private const double Tolerance = 1e-8;

    private const int MaxSteps = 100;

    // The number of intervals that the range is divided into, on a logarithmic scale.
    private const int Intervals = 16;

    /// <summary>The temperature of <see cref="Fit"/>; 1 if there are too few mistakes to fit one, or nothing but mistakes.</summary>
    /// <param name="images">As for <see cref="Fit"/>, but there may be none.</param>
    /// <param name="times">The number of times that each image occurs: its repeated mistakes count as one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static double FitOrDefault(
        IReadOnlyList<LabeledLogits> images, int times = 1, CancellationToken cancellationToken = default)
    {
        int right = images.Sum(i => i.Right), count = images.Sum(i => i.Count);
        return right == 0 || count - right < MinMistakes * times ? 1 : Fit(images, cancellationToken);
    }

    /// <summary>Finds the temperature: above 1 if the heads are overconfident, below 1 if they are underconfident.</summary>
    /// <param name="images">Images that the heads were not trained on, in any number of parts. Several heads share the temperature, and the
    /// log loss is that of the mean of their probabilities.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="TransferLearningException">There are no images.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static double Fit(IReadOnlyList<LabeledLogits> images, CancellationToken cancellationToken = default)
    {
        if (images.All(i => i.Count == 0))
        {
            throw new TransferLearningException("there are no images to calibrate on: expected at least one labeled image");
        }

        // The log loss of single heads is convex in 1 / temperature: its slope changes sign once. That of a mean need not be.
        (double low, double high) = images.Any(i => i.Heads > 1)
            ? AroundLowestLoss(images, cancellationToken)
            : (1 / MaxTemperature, 1 / MinTemperature);
        return 1 / Minimum(images, low, high, cancellationToken);
    }

    /// <summary>
    /// Newton's method; where a step leaves the range or is not less than half as long as the one before last, the range is halved instead.
    /// </summary>
    private static double Minimum(IReadOnlyList<LabeledLogits> images, double low, double high, CancellationToken cancellationToken)
    {
        double factor = Math.Sqrt(low * high), step = high - low, stepBefore = step;
        for (int i = 0; i < MaxSteps && Math.Abs(step) > Tolerance * factor; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var loss = TemperatureLoss.Of(images, factor);
            (low, high) = loss.Slope < 0 ? (factor, high) : (low, factor);
            double newton = factor - (loss.Slope / loss.Curvature);
            bool converges = newton > low && newton < high && Math.Abs(newton - factor) < Math.Abs(stepBefore) / 2;
            double next = converges ? newton : Math.Sqrt(low * high);
            (step, stepBefore, factor) = (next - factor, step, next);
        }

        return factor;
    }

    private static (double Low, double High) AroundLowestLoss(
        IReadOnlyList<LabeledLogits> images, CancellationToken cancellationToken)
    {
        double[] factors =
        [
            .. Enumerable.Range(0, Intervals + 1)
                .Select(p => Math.Pow(MaxTemperature / MinTemperature, (double)p / Intervals) / MaxTemperature),
        ];
        int best = Enumerable.Range(0, factors.Length).MinBy(p =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return TemperatureLoss.Of(images, factors[p]).LogLoss;
        });
        return (factors[Math.Max(0, best - 1)], factors[Math.Min(Intervals, best + 1)]);
    }
}
