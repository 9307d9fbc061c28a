using TransferLearning.Bottlenecks;

namespace TransferLearning.Heads.Objective;

/// <summary>
/// The scaling x -> (x - mean) * factor of each feature, measured on training rows. Well-conditioned features make the optimizer converge
/// in tens of steps instead of hundreds. Immutable.
/// </summary>
internal sealed class FeatureStandardization
{
    private readonly double[] _mean;
    private readonly double[] _factor;

    private FeatureStandardization(double[] mean, double[] factor, double penaltyFactor) =>
        (_mean, _factor, PenaltyFactor) = (mean, factor, penaltyFactor);

    /// <summary>
    /// What the L2 strength is multiplied by. With <see cref="FeatureScaling.None"/> the features are scaled all the same, as the optimizer
    /// needs it, and the penalty with them, which leaves the optimum unchanged.
    /// </summary>
    public double PenaltyFactor { get; }

    /// <exception cref="TransferLearningException">A feature is not a finite number.</exception>
    public static FeatureStandardization Measure(BottleneckMatrix bottlenecks, FeatureScaling scaling)
    {
        RequireFinite(bottlenecks);
        int features = bottlenecks.FeatureSize;
        double[] mean = new double[features];
        double[] factor = new double[features];
        double[] variance = Moments(bottlenecks, mean);
        double common = variance.Average();
        bool isPerFeature = scaling switch
        {
            FeatureScaling.PerFeature => true,
            FeatureScaling.Common or FeatureScaling.None => false,
            _ => throw new ArgumentOutOfRangeException(nameof(scaling), scaling, null),
        };
        for (int f = 0; f < features; f++)
        {
            // A feature that hardly varies carries no information: a factor of 0 leaves it out instead of amplifying rounding errors.
            double own = isPerFeature ? variance[f] : common;
            factor[f] = own > 1e-10 * common && variance[f] > 0 ? 1 / Math.Sqrt(own) : 0;
        }

        return new FeatureStandardization(mean, factor, scaling == FeatureScaling.None && common > 0 ? 1 / common : 1);
    }

    /// <summary>[n, features] -> [n, features], scaled and padded.</summary>
    public PaddedMatrix Apply(BottleneckMatrix bottlenecks)
    {
        var scaled = new PaddedMatrix(bottlenecks.Count, bottlenecks.FeatureSize);
        for (int i = 0; i < bottlenecks.Count; i++)
        {
            ReadOnlySpan<float> from = bottlenecks.Row(i);
            Span<float> to = scaled.Row(i);
            for (int f = 0; f < to.Length; f++)
            {
                to[f] = (float)((from[f] - _mean[f]) * _factor[f]);
            }
        }

        return scaled;
    }

    /// <summary>The head that gives, over unscaled features, the logits that <paramref name="parameters"/> give over scaled ones.</summary>
    public LinearHead Unscale(HeadParameters parameters)
    {
        int features = _mean.Length;
        float[] weights = new float[parameters.Classes * features];
        float[] bias = new float[parameters.Classes];
        for (int c = 0; c < parameters.Classes; c++)
        {
            Span<float> scaled = parameters.Weights.Row(c);
            double shift = 0;
            for (int f = 0; f < features; f++)
            {
                double weight = scaled[f] * _factor[f];
                weights[(c * features) + f] = (float)weight;
                shift += weight * _mean[f];
            }

            bias[c] = (float)(parameters.Bias[c] - shift);
        }

        return new LinearHead(parameters.Classes, features, weights, bias);
    }

    /// <summary>The inverse of <see cref="Unscale"/>.</summary>
    public HeadParameters Scale(LinearHead head)
    {
        var parameters = new HeadParameters(head.Classes, head.FeatureSize);
        for (int c = 0; c < head.Classes; c++)
        {
            Span<float> scaled = parameters.Weights.Row(c);
            double shift = 0;
            for (int f = 0; f < head.FeatureSize; f++)
            {
                double weight = head.Weights[(c * head.FeatureSize) + f];
                scaled[f] = _factor[f] > 0 ? (float)(weight / _factor[f]) : 0;
                shift += weight * _mean[f];
            }

            parameters.Bias[c] = (float)(head.Bias[c] + shift);
        }

        return parameters;
    }

    private static void RequireFinite(BottleneckMatrix bottlenecks)
    {
        ReadOnlySpan<float> values = bottlenecks.Values;
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                (int row, int feature) = Math.DivRem(i, bottlenecks.FeatureSize);
                throw new TransferLearningException(
                    $"feature {feature} of the bottleneck in row {row} is {values[i]}: expected a finite number; "
                    + "does the backbone's preprocessing fit the network?");
            }
        }
    }

    /// <summary>Fills in the means and returns the variances, in two passes: one pass is inexact for features far from 0.</summary>
    private static double[] Moments(BottleneckMatrix bottlenecks, double[] mean)
    {
        double[] variance = new double[mean.Length];
        for (int i = 0; i < bottlenecks.Count; i++)
        {
            ReadOnlySpan<float> row = bottlenecks.Row(i);
            for (int f = 0; f < mean.Length; f++)
            {
                mean[f] += row[f];
            }
        }

        for (int f = 0; f < mean.Length; f++)
        {
            mean[f] /= bottlenecks.Count;
        }

        for (int i = 0; i < bottlenecks.Count; i++)
        {
            ReadOnlySpan<float> row = bottlenecks.Row(i);
            for (int f = 0; f < mean.Length; f++)
            {
                double difference = row[f] - mean[f];
                variance[f] += difference * difference;
            }
        }

        for (int f = 0; f < mean.Length; f++)
        {
            variance[f] /= bottlenecks.Count;
        }

        return variance;
    }
}
