using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

internal sealed partial class OutOfDistributionDetector
{
    // With fewer rows, neither covariances nor a threshold mean anything.
    private const int MinRows = 10;

    // Each block costs a detector fitted to the other rows; with many rows, one block gives enough scores to set a threshold by.
    private const int MaxBlocks = 5;
    private const int MinScores = 500;

    /// <summary>Fits a detector to training rows and sets its threshold by other rows; null if there are too few of either.</summary>
    /// <param name="training">What the head was trained on.</param>
    /// <param name="validation">Rows of the same classes that the head was not trained on.</param>
    /// <param name="falseRejectRate">The share of <paramref name="validation"/> to reject, 0..1.</param>
    /// <param name="threads">0 for one per processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static OutOfDistributionDetector? Fit(
        LabeledBottlenecks training,
        LabeledBottlenecks validation,
        double falseRejectRate,
        int threads,
        CancellationToken cancellationToken = default)
    {
        if (training.Count < MinRows || validation.Count < MinRows || training.Bottlenecks.FeatureSize < 2)
        {
            return null;
        }

        OutOfDistributionDetector unscaled = FitMeasures(training, falseRejectRate, threads, cancellationToken);
        return unscaled.WithThreshold(unscaled.MeasuresOf(validation, cancellationToken));
    }

    /// <summary>
    /// Fits a detector to all rows and sets its threshold by out-of-fold scores: the rows of each fold are scored by a detector fitted
    /// without them (as in Barber et al., "Predictive inference with the jackknife+", 2021). Null if there are too few rows.
    /// </summary>
    /// <param name="data">What the head was trained on.</param>
    /// <param name="foldOf">
    /// [n]: the fold of each row, from 0; more than five are merged into five. With many rows, scoring stops once there are enough scores
    /// and the latest detector was fitted to rows of all classes; that detector is then returned.
    /// </param>
    /// <param name="falseRejectRate">The share of images of the classes to reject, 0..1.</param>
    /// <param name="threads">0 for one per processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static OutOfDistributionDetector? Fit(
        LabeledBottlenecks data, int[] foldOf, double falseRejectRate, int threads, CancellationToken cancellationToken = default)
    {
        if (data.Bottlenecks.FeatureSize < 2)
        {
            return null;
        }

        int[] blockOf = Array.ConvertAll(foldOf, f => f % MaxBlocks), rows = [.. Enumerable.Range(0, data.Count)];
        HashSet<int> classes = [.. data.Labels];
        var measures = new List<DetectorMeasures>();
        foreach (int block in blockOf.Distinct().Order())
        {
            LabeledBottlenecks training = data.Select([.. rows.Where(r => blockOf[r] != block)]);
            if (training.Count < MinRows)
            {
                continue;
            }

            // A row of a class that the other folds lack is out of distribution here, so it must not set the threshold.
            HashSet<int> known = [.. training.Labels];
            int[] heldOut = [.. rows.Where(r => blockOf[r] == block && known.Contains(data.Labels[r]))];
            OutOfDistributionDetector withoutFold = FitMeasures(training, falseRejectRate, threads, cancellationToken);
            measures.AddRange(withoutFold.MeasuresOf(data.Select(heldOut), cancellationToken));
            if (measures.Count >= MinScores && known.Count == classes.Count)
            {
                return withoutFold.WithThreshold(measures);
            }
        }

        return measures.Count < MinRows
            ? null
            : FitMeasures(data, falseRejectRate, threads, cancellationToken).WithThreshold(measures);
    }

    /// <summary>A detector whose measures are fitted, but not their weights and the threshold.</summary>
    private static OutOfDistributionDetector FitMeasures(
        LabeledBottlenecks training, double falseRejectRate, int threads, CancellationToken cancellationToken)
    {
        BottleneckMatrix features = training.Bottlenecks;
        float[] values = PowerNormalization.ApplyToRows(features.Values, features.FeatureSize, cancellationToken);
        var normalized = new LabeledBottlenecks(
            new BottleneckMatrix(features.Count, features.FeatureSize, values), training.Labels.ToArray(), training.ClassNames);
        RelativeMahalanobis distance = RelativeMahalanobisFit.Measure(normalized, threads, cancellationToken);
        return new OutOfDistributionDetector(
            distance,
            FitPrototypes(distance, normalized, threads, cancellationToken),
            PowerNormalization.MeanMagnitudeSum(features.Values, features.FeatureSize),
            new DetectorScale(1, 1, 1, 0, falseRejectRate));
    }

    private static ClassPrototypes FitPrototypes(
        RelativeMahalanobis distance, LabeledBottlenecks normalized, int threads, CancellationToken cancellationToken)
    {
        float[][] rows = new float[normalized.Count][];
        float[][] directions = new float[rows.Length][];
        float[] whitened = new float[distance.Rank];
        for (int i = 0; i < rows.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows[i] = new float[distance.Rank];
            distance.Score(normalized.Bottlenecks.Row(i), rows[i], whitened);
            directions[i] = ClassPrototypes.Direction(whitened);
        }

        return ClassPrototypesFit.Measure(rows, directions, normalized.Labels.ToArray(), threads, cancellationToken);
    }

    private OutOfDistributionDetector WithThreshold(IReadOnlyList<DetectorMeasures> measures) =>
        new(Distance, Prototypes, FeatureSum, DetectorScale.Of(measures, FalseRejectRate));

    private DetectorMeasures[] MeasuresOf(LabeledBottlenecks rows, CancellationToken cancellationToken)
    {
        var measures = new DetectorMeasures[rows.Count];
        for (int i = 0; i < measures.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            measures[i] = MeasuresOf(rows.Bottlenecks.Row(i));
        }

        return measures;
    }
}
