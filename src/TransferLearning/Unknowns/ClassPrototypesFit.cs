namespace TransferLearning.Unknowns;

/// <summary>Finds prototypes by k-means (Lloyd's iterations), a class at a time. The same on every run.</summary>
internal static class ClassPrototypesFit
{
    private const int MostPerClass = 32;
    private const int MostAltogether = 512;
    private const int Iterations = 8;

    /// <param name="directions">[n][rank], of length 1.</param>
    /// <param name="labels">[n].</param>
    public static ClassPrototypes Measure(float[][] directions, int[] labels)
    {
        IGrouping<int, int>[] classes = [.. Enumerable.Range(0, labels.Length).GroupBy(r => labels[r]).OrderBy(g => g.Key)];
        int perClass = Math.Clamp(MostAltogether / classes.Length, 1, MostPerClass), rank = directions[0].Length;
        var values = new float[classes.Length * perClass * rank];
        for (int c = 0; c < classes.Length; c++)
        {
            float[][] prototypes = Cluster([.. classes[c].Select(r => directions[r])], perClass);
            for (int p = 0; p < perClass; p++)
            {
                // A class of fewer images repeats them.
                Halve(prototypes[p % prototypes.Length]).CopyTo(values.AsSpan((c * perClass + p) * rank));
            }
        }

        return new ClassPrototypes(values, perClass, rank);
    }

    private static float[][] Cluster(float[][] rows, int count)
    {
        if (rows.Length <= count)
        {
            return rows;
        }

        new Random(0).Shuffle(rows);
        float[][] centers = [.. rows.Take(count).Select(r => (float[])r.Clone())];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            foreach (IGrouping<int, float[]> cluster in rows.GroupBy(r => Nearest(r, centers)).ToArray())
            {
                centers[cluster.Key] = Mean([.. cluster]);
            }
        }

        return centers;
    }

    private static int Nearest(float[] row, float[][] centers)
    {
        int nearest = 0;
        float lowest = float.PositiveInfinity;
        for (int c = 0; c < centers.Length; c++)
        {
            float distance = ClassPrototypes.SquaredDistance(row, centers[c]);
            (nearest, lowest) = distance < lowest ? (c, distance) : (nearest, lowest);
        }

        return nearest;
    }

    private static float[] Mean(float[][] rows)
    {
        var mean = new float[rows[0].Length];
        foreach (float[] row in rows)
        {
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += row[i] / rows.Length;
            }
        }

        return mean;
    }

    /// <summary>Values as they are stored: half precision.</summary>
    private static float[] Halve(float[] values) => Array.ConvertAll(values, v => (float)(Half)v);
}
