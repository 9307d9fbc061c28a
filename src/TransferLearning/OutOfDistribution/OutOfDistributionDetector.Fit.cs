using TransferLearning.Bottlenecks;
using TransferLearning.Data.Splits;
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

    // With fewer validation rows, the quantile of a usual rate is little more than the largest score.
    private const int MinValidationRows = 40;

    // With so few training images per class, they do not show how far images of the class lie from each other.
    private const int PerClassWithoutDistances = 8;

    // With so many or more, the distances have their full weight.
    private const int PerClassWithDistances = 16;

    /// <summary>
    /// Fits a detector to training rows and sets its threshold by other rows and, where these are few, by out-of-fold scores of the
    /// training rows. Null if there are too few of either.
    /// </summary>
    /// <param name="training">What the head was trained on.</param>
    /// <param name="validation">Rows of the same classes that the head was not trained on.</param>
    /// <param name="trainGroups">
    /// [training rows]: equal for rows that must stay in one fold; null where training rows must not set the threshold, because the network
    /// has learned from them or they are no images.
    /// </param>
    /// <param name="falseRejectRate">The share of images of the classes to reject, 0..1.</param>
    /// <param name="threads">0 for one per processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static OutOfDistributionDetector? Fit(
        LabeledBottlenecks training,
        LabeledBottlenecks validation,
        int[]? trainGroups,
        double falseRejectRate,
        int threads,
        CancellationToken cancellationToken = default)
    {
        if (training.Count < MinRows || training.Bottlenecks.FeatureSize < 2)
        {
            return null;
        }

        OutOfDistributionDetector unscaled = FitMeasures(training, falseRejectRate, threads, cancellationToken);
        List<DetectorMeasures> measures = [.. unscaled.MeasuresOf(validation, cancellationToken)];
        if (trainGroups is not null && measures.Count < MinValidationRows)
        {
            int[] blockOf = GroupedFolds.Assign(training.Labels, trainGroups, MaxBlocks, seed: 0);
            OutOfFold(training, blockOf, falseRejectRate, threads, measures, cancellationToken);
        }

        return measures.Count < MinRows ? null : unscaled.WithThreshold(measures);
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

        var measures = new List<DetectorMeasures>();
        OutOfDistributionDetector? ofAllClasses = OutOfFold(
            data, Array.ConvertAll(foldOf, f => f % MaxBlocks), falseRejectRate, threads, measures, cancellationToken);
        return measures.Count < MinRows
            ? null
            : (ofAllClasses ?? FitMeasures(data, falseRejectRate, threads, cancellationToken)).WithThreshold(measures);
    }

    /// <summary>Scores the rows of each block by a detector fitted to the other blocks, until there are enough scores.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="blockOf">[n]: the block of each row.</param>
    /// <param name="falseRejectRate">The share of images of the classes to reject, 0..1.</param>
    /// <param name="threads">0 for one per processor.</param>
    /// <param name="measures">Receives the scores.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The latest detector, where it knows all classes and there were enough scores; else null.</returns>
    private static OutOfDistributionDetector? OutOfFold(
        LabeledBottlenecks data,
        int[] blockOf,
        double falseRejectRate,
        int threads,
        List<DetectorMeasures> measures,
        CancellationToken cancellationToken)
    {
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        HashSet<int> classes = [.. data.Labels];
        foreach (int block in blockOf.Distinct().Order())
        {
            LabeledBottlenecks training = data.Select([.. rows.Where(r => blockOf[r] != block)]);
            if (training.Count < MinRows)
            {
                continue;
            }

            // A row of a class that the other blocks lack is out of distribution here, so it must not set the threshold.
            HashSet<int> known = [.. training.Labels];
            int[] heldOut = [.. rows.Where(r => blockOf[r] == block && known.Contains(data.Labels[r]))];
            OutOfDistributionDetector withoutBlock = FitMeasures(training, falseRejectRate, threads, cancellationToken);
            measures.AddRange(withoutBlock.MeasuresOf(data.Select(heldOut), cancellationToken));
            if (measures.Count >= MinScores && known.Count == classes.Count)
            {
                return withoutBlock;
            }
        }

        return null;
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
        float distanceWeight = DistanceWeight(distance, features.Count);
        return new OutOfDistributionDetector(
            distance,
            FitPrototypes(distance, normalized, threads, cancellationToken),
            PowerNormalization.MeanMagnitudeSum(features.Values, features.FeatureSize),
            new DetectorScale(1, 1, 1, distanceWeight, distanceWeight, 0, falseRejectRate),
            spread: null);
    }

    /// <summary>
    /// The weight of the two distances, 0..1. It rises with the images per class: with few, their own distances are no measure for other
    /// images of the class. It falls with the images per direction of the basis: with many, the other measures tell similar classes apart
    /// better.
    /// </summary>
    private static float DistanceWeight(RelativeMahalanobis distance, int images)
    {
        float perClass = (float)images / distance.Classes;
        float known = (perClass - PerClassWithoutDistances) / (PerClassWithDistances - PerClassWithoutDistances);
        return Math.Clamp(known, 0, 1) * Math.Min(1, (float)distance.Rank / images);
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
            distance.Measure(normalized.Bottlenecks.Row(i), rows[i], whitened);
            directions[i] = ClassPrototypes.Direction(whitened);
        }

        return ClassPrototypesFit.Measure(rows, directions, normalized.Labels.ToArray(), threads, cancellationToken);
    }

    private OutOfDistributionDetector WithThreshold(IReadOnlyList<DetectorMeasures> measures) =>
        new(Distance, Prototypes, FeatureSum, Scale.Fit(measures), DistanceSpread.Of([.. measures.Select(m => m.Distances)]));

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
