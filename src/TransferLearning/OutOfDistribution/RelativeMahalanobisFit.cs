using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>Estimates means and covariances of training features. The same bits for any number of threads.</summary>
internal static class RelativeMahalanobisFit
{
    private const int MaxRank = 256;

    // Covariances hardly change with more rows.
    private const int MaxRows = 4000;

    // Outside the basis there is mostly noise, though images unlike any training image stand out there. At full weight, the noise would
    // hide images of classes that are similar to the known ones.
    private const double RestShare = 0.3;

    // Keeps distances finite where features do not vary at all.
    private const double MinVariance = 1e-20;

    /// <param name="training">At least three rows.</param>
    /// <param name="threads">0 for one per processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static RelativeMahalanobis Measure(LabeledBottlenecks training, int threads, CancellationToken cancellationToken)
    {
        LabeledBottlenecks data = Sample(training);
        int rows = data.Count, features = data.Bottlenecks.FeatureSize;
        int rank = Math.Clamp(2 * features / 3, 1, Math.Min(MaxRank, rows - 1));
        float[] mean = RoundToHalf(Mean(data.Bottlenecks));
        BottleneckMatrix centered = Center(data.Bottlenecks, mean);
        float[] subspace = PrincipalSubspace.Find(centered, rank, threads, cancellationToken);
        float[] basis = QuantizedColumns.Round(subspace, features, RelativeMahalanobis.Levels);
        double[] inside = [.. PrincipalSubspace.Project(centered, basis, rank, threads, cancellationToken).Select(v => (double)v)];
        (double[] means, double[] shares) = ClassMeans(inside, data.Labels, rank, data.ClassNames.Count);

        double[] within = Covariance(inside, rank, cancellationToken);
        double insideVariance = Trace(within, rank), between = 0;
        for (int c = 0; c < shares.Length; c++)
        {
            ReadOnlySpan<double> classMean = means.AsSpan(c * rank, rank);
            between += shares[c] * DenseVector.Dot(classMean, classMean);
            for (int r = 0; r < rank; r++)
            {
                DenseVector.AddScaled(within.AsSpan(r * rank, rank), -shares[c] * classMean[r], classMean);
            }
        }

        // The variance outside the basis is spread evenly over the directions there, where differences of class means count as noise.
        double variance = SquaredLength(centered) / rows;
        double rest = features > rank ? Math.Max(variance - insideVariance, 0) / (features - rank) : 0;
        double evenTotal = variance / features, evenWithin = Math.Max(variance - between, 0) / features;
        double floor = (1e-9 * evenTotal) + MinVariance;
        Shrink(within, rank, evenWithin + floor);
        cancellationToken.ThrowIfCancellationRequested();
        float[] withinFactor = QuantizedColumns.Round(Cholesky.InverseFactor(within, rank), rank, RelativeMahalanobis.Levels);
        float[] classMeans = QuantizedColumns.Round(Whiten(means, shares, withinFactor, rank), rank, RelativeMahalanobis.Levels);
        float[] present = [.. shares.Where(s => s > 0).Select(s => (float)s)];
        double restWithin = ((1 - TotalWhitening.Shrinkage) * rest) + (TotalWhitening.Shrinkage * (evenWithin + floor));
        double restTotal = ((1 - TotalWhitening.Shrinkage) * rest) + (TotalWhitening.Shrinkage * (evenTotal + floor));
        return new RelativeMahalanobis(
            mean,
            basis,
            withinFactor,
            TotalWhitening.Factor(withinFactor, classMeans, present, features),
            classMeans,
            present,
            (float)(RestShare * ((1 / restWithin) - (1 / restTotal))),
            (float)(1 / restWithin));
    }

    private static LabeledBottlenecks Sample(LabeledBottlenecks training)
    {
        int step = (training.Count + MaxRows - 1) / MaxRows;
        return step == 1 ? training : training.Select([.. Enumerable.Range(0, training.Count).Where(r => r % step == 0)]);
    }

    /// <summary>The values in half precision, as they are stored.</summary>
    private static float[] RoundToHalf(float[] values) => Array.ConvertAll(values, v => (float)(Half)v);

    private static float[] Mean(BottleneckMatrix rows)
    {
        double[] sum = new double[rows.FeatureSize];
        for (int r = 0; r < rows.Count; r++)
        {
            ReadOnlySpan<float> row = rows.Row(r);
            for (int f = 0; f < sum.Length; f++)
            {
                sum[f] += row[f];
            }
        }

        return Array.ConvertAll(sum, s => (float)(s / rows.Count));
    }

    private static BottleneckMatrix Center(BottleneckMatrix rows, float[] mean)
    {
        float[] values = rows.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] -= mean[i % mean.Length];
        }

        return new BottleneckMatrix(rows.Count, rows.FeatureSize, values);
    }

    private static (double[] Means, double[] Shares) ClassMeans(double[] inside, ReadOnlySpan<int> labels, int rank, int classes)
    {
        double[] means = new double[classes * rank];
        double[] shares = new double[classes];
        for (int r = 0; r < labels.Length; r++)
        {
            DenseVector.AddScaled(means.AsSpan(labels[r] * rank, rank), 1, inside.AsSpan(r * rank, rank));
            shares[labels[r]]++;
        }

        for (int c = 0; c < classes; c++)
        {
            DenseVector.Scale(means.AsSpan(c * rank, rank), shares[c] > 0 ? 1 / shares[c] : 0);
            shares[c] /= labels.Length;
        }

        return (means, shares);
    }

    private static double[] Covariance(double[] inside, int rank, CancellationToken cancellationToken)
    {
        double[] covariance = new double[rank * rank];
        for (int start = 0; start < inside.Length; start += rank)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> row = inside.AsSpan(start, rank);
            for (int r = 0; r < rank; r++)
            {
                DenseVector.AddScaled(covariance.AsSpan(r * rank, rank), row[r], row);
            }
        }

        DenseVector.Scale(covariance, (double)rank / inside.Length);
        return covariance;
    }

    private static void Shrink(double[] covariance, int rank, double even)
    {
        DenseVector.Scale(covariance, 1 - TotalWhitening.Shrinkage);
        for (int r = 0; r < rank; r++)
        {
            covariance[(r * rank) + r] += TotalWhitening.Shrinkage * even;
        }
    }

    /// <summary>[classes with images, rank].</summary>
    private static float[] Whiten(double[] means, double[] shares, float[] factor, int rank)
    {
        float[] all = [.. means.Select(m => (float)m)];
        return [.. Enumerable.Range(0, shares.Length)
            .Where(c => shares[c] > 0)
            .SelectMany(c => RelativeMahalanobis.Multiply(factor, all.AsSpan(c * rank, rank)))];
    }

    private static double Trace(double[] matrix, int rank) => Enumerable.Range(0, rank).Sum(r => matrix[(r * rank) + r]);

    private static double SquaredLength(BottleneckMatrix rows)
    {
        double sum = 0;
        foreach (float value in rows.Values)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
