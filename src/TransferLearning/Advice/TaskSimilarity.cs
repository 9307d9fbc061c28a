using TransferLearning.Heads;
using TransferLearning.Numerics;

namespace TransferLearning.Advice;

/// <summary>
/// How close a task is to what a backbone was trained for, by how well its features separate the classes without any training: each image
/// is assigned to the class whose mean of normalized features, without the image itself, is nearest in angle.
/// </summary>
internal static class TaskSimilarity
{
    /// <summary>0..1: the share of images assigned to their own class, scaled so that guessing the largest class is 0.</summary>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static double Measure(LabeledBottlenecks data, CancellationToken cancellationToken = default)
    {
        int features = data.Bottlenecks.FeatureSize, classes = data.ClassNames.Count;
        double[][] rows = [.. Enumerable.Range(0, data.Count).Select(r => Normalized(data.Bottlenecks.Row(r), cancellationToken))];
        double[][] sums = new double[classes][];
        int[] counts = new int[classes];
        for (int c = 0; c < classes; c++)
        {
            sums[c] = new double[features];
        }

        for (int r = 0; r < rows.Length; r++)
        {
            DenseVector.AddScaled(sums[data.Labels[r]], 1, rows[r]);
            counts[data.Labels[r]]++;
        }

        double[] squares = [.. sums.Select(s => DenseVector.Dot(s, s))];
        int right = Enumerable.Range(0, rows.Length).Count(r => IsNearestToOwn(rows[r], data.Labels[r], sums, squares, counts));
        double accuracy = (double)right / rows.Length, chance = (double)counts.Max() / rows.Length;
        return chance == 1 ? 0 : Math.Clamp((accuracy - chance) / (1 - chance), 0, 1);
    }

    private static bool IsNearestToOwn(double[] row, int label, double[][] sums, double[] squares, int[] counts)
    {
        if (counts[label] < 2)
        {
            return false;
        }

        // The sum s of the own class minus the row r: (s - r) . r and |s - r|, with |r| = 1 or 0.
        double dot = DenseVector.Dot(sums[label], row), square = DenseVector.Dot(row, row);
        double own = Cosine(dot - square, squares[label] - (2 * dot) + square);
        for (int c = 0; c < sums.Length; c++)
        {
            if (c != label && counts[c] > 0 && Cosine(DenseVector.Dot(sums[c], row), squares[c]) > own)
            {
                return false;
            }
        }

        return true;
    }

    private static double Cosine(double product, double squaredLength) => squaredLength > 0 ? product / Math.Sqrt(squaredLength) : 0;

    private static double[] Normalized(ReadOnlySpan<float> row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double[] normalized = new double[row.Length];
        for (int f = 0; f < row.Length; f++)
        {
            normalized[f] = row[f];
        }

        double length = Math.Sqrt(DenseVector.Dot(normalized, normalized));
        DenseVector.Scale(normalized, length > 0 ? 1 / length : 0);
        return normalized;
    }
}
