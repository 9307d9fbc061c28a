using TransferLearning.Bottlenecks;
using TransferLearning.Numerics;

namespace TransferLearning.PseudoLabeling;

/// <summary>
/// Models every class as a Gaussian around its mean, all with one covariance (linear discriminant analysis), and estimates means and
/// covariance from labeled and unlabeled images together by expectation maximization (McLachlan, "Iterative reclassification procedure for
/// constructing an asymptotically optimal rule of allocation in discriminant analysis", 1975; Dempster, Laird and Rubin, 1977): the
/// covariance, which a few labeled images cannot give, comes from the many unlabeled ones. Deterministic.
/// </summary>
internal static class SharedCovarianceModel
{
    // One round is plain discriminant analysis; further rounds follow the clusters, at the risk of drifting away from the classes.
    private const int Rounds = 2;

    // The share of the covariance that is replaced by a multiple of the unit matrix with the same trace, which keeps it invertible.
    private const double Shrinkage = 0.2;

    // The number of unlabeled images that a labeled one counts as.
    private const double LabeledWeight = 3;

    // Keeps the covariance invertible where features never change.
    private const double MinVariance = 1e-9;

    /// <summary>[n, classes]: the probabilities of all rows after the last round; those of labeled rows stay as given.</summary>
    /// <param name="bottlenecks">[n, features], the labeled rows first.</param>
    /// <param name="labeled">The number of labeled rows.</param>
    /// <param name="probabilities">[n, classes]: the probabilities to start from; 0 and 1 for labeled rows.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="threads">At least 1; the result is the same for any number.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static float[] Refine(
        BottleneckMatrix bottlenecks,
        int labeled,
        float[] probabilities,
        int classes,
        int threads,
        CancellationToken cancellationToken)
    {
        var features = new NormalizedFeatures(bottlenecks);
        double[] weights = [.. Enumerable.Range(0, bottlenecks.Count).Select(i => i < labeled ? LabeledWeight : 1)];
        double[] scatter = features.Scatter(weights, threads, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        float[] current = [.. probabilities];
        for (int round = 0; round < Rounds; round++)
        {
            (double[] means, double[] totals) = features.Means(weights, current, classes);
            double[] covariance = Within(scatter, means, totals, features.Size);
            double[] directions = Cholesky.Solve(covariance, means, features.Size, classes);
            Parallel.For(labeled, bottlenecks.Count, options, row =>
                Classify(features.Row(row), means, directions, current.AsSpan(row * classes, classes)));
        }

        return current;
    }

    /// <summary>The covariance around the class means, shrunk.</summary>
    private static double[] Within(double[] scatter, double[] means, double[] totals, int size)
    {
        double count = totals.Sum(), trace = 0;
        double[] within = new double[size * size];
        for (int f = 0; f < size; f++)
        {
            for (int g = 0; g < size; g++)
            {
                double between = 0;
                for (int c = 0; c < totals.Length; c++)
                {
                    between += totals[c] * means[(c * size) + f] * means[(c * size) + g];
                }

                within[(f * size) + g] = (1 - Shrinkage) * (scatter[(f * size) + g] - between) / count;
            }

            trace += within[(f * size) + f];
        }

        for (int f = 0; f < size; f++)
        {
            within[(f * size) + f] += (Shrinkage / (1 - Shrinkage) * trace / size) + MinVariance;
        }

        return within;
    }

    /// <summary>Softmax of the discriminants, with equal priors for all classes.</summary>
    private static void Classify(ReadOnlySpan<double> row, double[] means, double[] directions, Span<float> probabilities)
    {
        int classes = probabilities.Length, size = row.Length;
        Span<double> scores = stackalloc double[Math.Min(classes, 256)];
        scores = classes <= 256 ? scores : new double[classes];
        double highest = double.NegativeInfinity, sum = 0;
        for (int c = 0; c < classes; c++)
        {
            double score = 0;
            for (int f = 0; f < size; f++)
            {
                score += directions[(c * size) + f] * (row[f] - (0.5 * means[(c * size) + f]));
            }

            scores[c] = score;
            highest = Math.Max(highest, score);
        }

        for (int c = 0; c < classes; c++)
        {
            scores[c] = Math.Exp(scores[c] - highest);
            sum += scores[c];
        }

        for (int c = 0; c < classes; c++)
        {
            probabilities[c] = (float)(scores[c] / sum);
        }
    }
}
