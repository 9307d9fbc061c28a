using TransferLearning.Numerics;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// Finds prototypes by spherical k-means (Dhillon and Modha, "Concept decompositions for large sparse text data using clustering", 2001),
/// one class at a time: rows are clustered by their directions, and a prototype is the mean of the rows of a cluster. The same on every
/// run.
/// </summary>
internal static class ClassPrototypesFit
{
    private const int MaxPerClass = 128;
    private const int MaxTotal = 1024;
    private const int Iterations = 8;

    /// <param name="rows">[n][rank]: what the prototypes are means of.</param>
    /// <param name="directions">[n][rank], of length 1: what they are clustered by.</param>
    /// <param name="labels">[n].</param>
    /// <param name="threads">0 for one per processor; the result is the same for any number.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static ClassPrototypes Measure(
        float[][] rows, float[][] directions, int[] labels, int threads, CancellationToken cancellationToken)
    {
        int[][] classes = [.. Enumerable.Range(0, labels.Length).GroupBy(r => labels[r]).OrderBy(g => g.Key).Select(g => g.ToArray())];
        int max = Math.Clamp(MaxTotal / classes.Length, 1, MaxPerClass), rank = rows[0].Length;
        int perClass = Math.Min(max, classes.Max(c => c.Length));
        float[] values = new float[classes.Length * perClass * rank];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = WorkerThreads.Count(threads),
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, classes.Length, options, c =>
        {
            float[][] prototypes = Cluster(classes[c], rows, directions, perClass, cancellationToken);
            for (int p = 0; p < perClass; p++)
            {
                // A class with fewer prototypes repeats them.
                prototypes[p % prototypes.Length].CopyTo(values.AsSpan(((c * perClass) + p) * rank));
            }
        });
        return new ClassPrototypes(QuantizedColumns.Round(values, rank, ClassPrototypes.Levels), perClass, rank);
    }

    private static float[][] Cluster(int[] members, float[][] rows, float[][] directions, int count, CancellationToken cancellationToken)
    {
        if (members.Length <= count)
        {
            return [.. members.Select(m => rows[m])];
        }

        new Random(0).Shuffle(members);
        float[][] centers = [.. members.Take(count).Select(m => directions[m])];
        int[] nearest = [];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            nearest = Array.ConvertAll(members, m => Nearest(directions[m], centers, cancellationToken));
            foreach (IGrouping<int, int> cluster in members.Index().GroupBy(m => nearest[m.Index], m => m.Item))
            {
                centers[cluster.Key] = ClassPrototypes.Direction(Sum([.. cluster.Select(m => directions[m])], 1));
            }
        }

        return
        [
            .. members.Index()
                .GroupBy(m => nearest[m.Index], m => m.Item)
                .OrderBy(cluster => cluster.Key)
                .Select(cluster => Mean([.. cluster.Select(m => rows[m])])),
        ];
    }

    private static int Nearest(float[] direction, float[][] centers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int nearest = 0;
        float highest = float.NegativeInfinity;
        for (int c = 0; c < centers.Length; c++)
        {
            float similarity = DenseVector.Dot(direction, centers[c]);
            (nearest, highest) = similarity > highest ? (c, similarity) : (nearest, highest);
        }

        return nearest;
    }

    private static float[] Mean(float[][] rows) => Sum(rows, 1f / rows.Length);

    private static float[] Sum(float[][] rows, float factor)
    {
        float[] sum = new float[rows[0].Length];
        foreach (float[] row in rows)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += row[i] * factor;
            }
        }

        return sum;
    }
}
