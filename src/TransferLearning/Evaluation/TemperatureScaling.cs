namespace TransferLearning.Evaluation;

/// <summary>
/// Makes probabilities as sure as they are right: softmax(logits / temperature), with the one temperature that gives images that were not
/// learned from the lowest log loss (Guo et al., "On calibration of modern neural networks", 2017). The order of the classes does not
/// change; that of the mean of several heads' probabilities may, where the heads disagree.
/// </summary>
internal static class TemperatureScaling
{
    /// <summary>The range searched: where all images are right, or none, the best temperature would be 0 or infinite.</summary>
    public const double Lowest = 0.05;

    public const double Highest = 20;

    // From fewer mistakes a temperature would be read off luck: with none, it would make every prediction certain.
    private const int MinMistakes = 3;

    // The search ends when it moves less: enough for all digits of a float.
    private const double Tolerance = 1e-8;

    private const int MaxSteps = 100;

    // Of the range, on a logarithmic scale.
    private const int Parts = 16;

    /// <summary>The temperature of <see cref="Fit"/>; 1 where hardly a mistake, or nothing but mistakes, is made.</summary>
    /// <param name="images">As there; none will do.</param>
    /// <param name="times">How often each image is among them: a mistake that is made as often is one.</param>
    public static double FitWhereTelling(IReadOnlyList<LabeledLogits> images, int times = 1)
    {
        int right = images.Sum(i => i.Right), count = images.Sum(i => i.Count);
        return right == 0 || count - right < MinMistakes * times ? 1 : Fit(images);
    }

    /// <summary>Finds the temperature; above 1 where the heads are too sure, below 1 where they are not sure enough.</summary>
    /// <param name="images">Images that the heads were not trained on, in any number of parts. Several heads share the temperature, and the
    /// log loss is that of the mean of their probabilities.</param>
    /// <exception cref="TransferLearningException">There are no images.</exception>
    public static double Fit(IReadOnlyList<LabeledLogits> images)
    {
        if (images.All(i => i.Count == 0))
        {
            throw new TransferLearningException("there are no images to calibrate on: expected at least one labeled image");
        }

        // The log loss of single heads is convex in 1 / temperature: its slope changes sign once. That of a mean need not be.
        (double low, double high) = images.Any(i => i.Heads > 1) ? AroundLowestLoss(images) : (1 / Highest, 1 / Lowest);
        return 1 / Minimum(images, low, high);
    }

    /// <summary>Newton's method; where it leaves the range or hardly comes nearer, the range is halved.</summary>
    private static double Minimum(IReadOnlyList<LabeledLogits> images, double low, double high)
    {
        double factor = Math.Sqrt(low * high), step = high - low, stepBefore = step;
        for (int i = 0; i < MaxSteps && Math.Abs(step) > Tolerance * factor; i++)
        {
            var loss = TemperatureLoss.Of(images, factor);
            (low, high) = loss.Slope < 0 ? (factor, high) : (low, factor);
            double newton = factor - (loss.Slope / loss.Curvature);
            bool nears = newton > low && newton < high && Math.Abs(newton - factor) < Math.Abs(stepBefore) / 2;
            double next = nears ? newton : Math.Sqrt(low * high);
            (step, stepBefore, factor) = (next - factor, step, next);
        }

        return factor;
    }

    private static (double Low, double High) AroundLowestLoss(IReadOnlyList<LabeledLogits> images)
    {
        double[] factors = [.. Enumerable.Range(0, Parts + 1).Select(p => Math.Pow(Highest / Lowest, (double)p / Parts) / Highest)];
        int best = Enumerable.Range(0, factors.Length).MinBy(p => TemperatureLoss.Of(images, factors[p]).LogLoss);
        return (factors[Math.Max(0, best - 1)], factors[Math.Min(Parts, best + 1)]);
    }
}
