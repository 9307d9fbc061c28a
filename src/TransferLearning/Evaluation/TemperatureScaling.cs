namespace TransferLearning.Evaluation;

/// <summary>
/// Makes probabilities as sure as they are right: softmax(logits / temperature), with the one temperature that gives validation images the
/// lowest log loss (Guo et al., "On calibration of modern neural networks", 2017). The order of the classes does not change.
/// </summary>
internal static class TemperatureScaling
{
    /// <summary>The range searched: where all images are right, or none, the best temperature would be 0 or infinite.</summary>
    public const double Lowest = 0.05;

    public const double Highest = 20;

    // Each halves the range: enough for all digits of a float.
    private const int Bisections = 40;

    /// <summary>Finds the temperature; above 1 where the head is too sure, below 1 where it is not sure enough.</summary>
    /// <param name="logits">[n, classes], of images that the head was not trained on.</param>
    /// <param name="labels">[n].</param>
    /// <exception cref="TransferLearningException">There are no images.</exception>
    public static double Fit(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        if (labels.IsEmpty)
        {
            throw new TransferLearningException("there are no images to calibrate on: expected at least one labelled image");
        }

        // The log loss is convex in 1 / temperature: its slope changes sign once.
        double low = 1 / Highest, high = 1 / Lowest;
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Slope(logits, labels, middle) < 0 ? (middle, high) : (low, middle);
        }

        return 2 / (low + high);
    }

    /// <summary>The derivative of the total log loss by the factor on the logits: expected less true logit, summed over images.</summary>
    private static double Slope(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, double factor)
    {
        int classes = logits.Length / labels.Length;
        double slope = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = logits.Slice(i * classes, classes);
            double largest = float.NegativeInfinity, sum = 0, expected = 0;
            foreach (float logit in row)
            {
                largest = Math.Max(largest, logit);
            }

            foreach (float logit in row)
            {
                double share = Math.Exp(factor * (logit - largest));
                sum += share;
                expected += share * logit;
            }

            slope += expected / sum - row[labels[i]];
        }

        return slope;
    }
}
