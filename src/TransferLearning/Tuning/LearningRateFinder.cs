namespace TransferLearning.Tuning;

/// <summary>
/// Finds a learning rate: raises it step by step, and takes a tenth of the rate at which the loss was lowest (Smith, "Cyclical learning
/// rates for training neural networks", 2017; the tenth as in fastai).
/// </summary>
internal static class LearningRateFinder
{
    private const int Steps = 100;
    private const double Lowest = 1e-6, Highest = 1;
    private const double Smoothing = 0.9;

    /// <summary>The loss may rise to this multiple of the lowest one before the search ends.</summary>
    private const double MaxRise = 3;

    /// <param name="step">Takes a step of a number at a rate, and gives its loss.</param>
    public static double Find(Func<int, double, double> step)
    {
        double average = 0, lowest = double.PositiveInfinity, best = Lowest;
        for (int i = 0; i < Steps; i++)
        {
            double rate = Lowest * Math.Pow(Highest / Lowest, (double)i / (Steps - 1)), loss = step(i, rate);
            if (!double.IsFinite(loss))
            {
                break;
            }

            // The mean of few losses is corrected for its start at 0, as Adam's moments are.
            average = (Smoothing * average) + ((1 - Smoothing) * loss);
            double smooth = average / (1 - Math.Pow(Smoothing, i + 1));
            if (smooth < lowest)
            {
                (lowest, best) = (smooth, rate);
            }
            else if (smooth > MaxRise * lowest)
            {
                break;
            }
        }

        return best / 10;
    }
}
