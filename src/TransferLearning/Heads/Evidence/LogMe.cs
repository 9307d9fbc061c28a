using TransferLearning.Numerics;

namespace TransferLearning.Heads.Evidence;

/// <summary>
/// LogME (You et al., "LogME: practical assessment of pre-trained models for transfer learning", 2021): the logarithm of the evidence for
/// linear models of the labels, with the two precisions found by fixed-point iteration. Higher is better; nothing is trained.
/// </summary>
internal static class LogMe
{
    private const int MaxIterations = 1000;
    private const double Tolerance = 1e-10;

    // Keeps the precisions finite where the features explain the labels exactly or not at all.
    private const double Floor = 1e-12;

    /// <summary>The logarithm of the evidence per image, in nats, averaged over one-against-the-rest problems, one per class.</summary>
    /// <param name="data">At least one row; classes without a row are left out.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static double Score(LabeledBottlenecks data, int threads, CancellationToken cancellationToken = default)
    {
        int rows = data.Count, features = data.Bottlenecks.FeatureSize;
        int[] classes = [.. data.Labels.ToArray().Distinct().Order()];
        bool byFeature = features <= rows;
        int side = byFeature ? features : rows;
        double[] vectors = byFeature ? FeatureSums(data, classes) : OneHot(data, classes);
        double[] spectrum = SymmetricSpectrum.Decompose(
            GramMatrix.Of(data.Bottlenecks, byFeature, threads, cancellationToken),
            vectors,
            side,
            classes.Length,
            threads,
            cancellationToken);

        double sum = 0;
        for (int c = 0; c < classes.Length; c++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] squares = new double[side];
            for (int i = 0; i < side; i++)
            {
                // Rounding leaves eigenvalues of zero slightly negative.
                spectrum[i] = Math.Max(spectrum[i], 0);
                double product = vectors[(i * classes.Length) + c];
                squares[i] = product * product * (byFeature ? 1 : spectrum[i]);
            }

            sum += Evidence(spectrum, squares, data.Labels.Count(classes[c]), rows);
        }

        return sum / classes.Length / rows;
    }

    /// <param name="spectrum">The squared singular values of the features.</param>
    /// <param name="squares">For each, the square of (singular vector . features' . labels).</param>
    /// <param name="labelSquares">The squared length of the labels.</param>
    /// <param name="rows">The number of images.</param>
    private static double Evidence(double[] spectrum, double[] squares, double labelSquares, int rows)
    {
        double ratio = 1, alpha = 1, beta = 1, weights = 0, residual = 0;
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double effective = 0, explained = 0;
            weights = 0;
            for (int i = 0; i < spectrum.Length; i++)
            {
                double s = spectrum[i], denominator = ratio + s;
                double share = squares[i] / (denominator * denominator);
                effective += s / denominator;
                weights += share;
                explained += share * ((2 * ratio) + s);
            }

            residual = Math.Max(labelSquares - explained, 0);
            alpha = effective / (weights + Floor);
            beta = (rows - effective) / (residual + Floor);
            double next = alpha / beta;
            bool settled = Math.Abs(next - ratio) <= Tolerance * ratio;
            ratio = next;
            if (settled)
            {
                break;
            }
        }

        // Directions without any feature add ln(alpha) to the first term and subtract it in the second, so they are left out of both.
        double evidence = (spectrum.Length / 2.0 * Math.Log(alpha)) + (rows / 2.0 * Math.Log(beta));
        foreach (double s in spectrum)
        {
            evidence -= Math.Log(alpha + (beta * s)) / 2;
        }

        return evidence - (beta / 2 * residual) - (alpha / 2 * weights) - (rows / 2.0 * Math.Log(2 * Math.PI));
    }

    /// <summary>[features, classes]: the sum of each class's rows.</summary>
    private static double[] FeatureSums(LabeledBottlenecks data, int[] classes)
    {
        double[] sums = new double[data.Bottlenecks.FeatureSize * classes.Length];
        for (int r = 0; r < data.Count; r++)
        {
            int position = Array.IndexOf(classes, data.Labels[r]);
            ReadOnlySpan<float> row = data.Bottlenecks.Row(r);
            for (int f = 0; f < row.Length; f++)
            {
                sums[(f * classes.Length) + position] += row[f];
            }
        }

        return sums;
    }

    /// <summary>[rows, classes]: 1 at each row's class.</summary>
    private static double[] OneHot(LabeledBottlenecks data, int[] classes)
    {
        double[] labels = new double[data.Count * classes.Length];
        for (int r = 0; r < data.Count; r++)
        {
            labels[(r * classes.Length) + Array.IndexOf(classes, data.Labels[r])] = 1;
        }

        return labels;
    }
}
