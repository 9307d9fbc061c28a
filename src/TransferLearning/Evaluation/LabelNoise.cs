namespace TransferLearning.Evaluation;

/// <summary>Estimates how many labels are wrong from their predicted probabilities.</summary>
internal static class LabelNoise
{
    private const double Precision = 1e-9;

    /// <summary>
    /// The share of labels that are unrelated to their images, 0..1, by maximum likelihood: with this probability a label is drawn evenly
    /// from the classes, otherwise it is as probable as predicted. Unlike the number of images predicted as another class, it does not
    /// count images that are merely hard to classify, as long as the probabilities are calibrated.
    /// </summary>
    /// <param name="probabilities">[n]: the predicted probability of each image's label.</param>
    /// <param name="classes">At least 2.</param>
    public static double Rate(IReadOnlyList<double> probabilities, int classes)
    {
        // The likelihood is concave in the rate: its slope falls, so the maximum is where it crosses 0, or at an end of the range.
        if (!(Slope(0) > 0))
        {
            return 0;
        }

        double low = 0, high = 1;
        while (high - low > Precision)
        {
            double middle = (low + high) / 2;
            (low, high) = Slope(middle) > 0 ? (middle, high) : (low, middle);
        }

        return low;

        double Slope(double rate) => probabilities.Sum(p => ((1.0 / classes) - p) / (((1 - rate) * p) + (rate / classes)));
    }
}
