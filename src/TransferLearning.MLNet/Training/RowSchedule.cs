using TransferLearning.Heads;

namespace TransferLearning.MLNet.Training;

/// <summary>
/// In which order the trainer sees the rows, for it keeps to the order of the file in every epoch: shuffled, or a step would see one class.
/// It knows no weights either: a row that counts more is written more often, by systematic resampling (Kitagawa, 1996) within each class.
/// </summary>
internal static class RowSchedule
{
    /// <summary>Rows that count differently make the file at most so many times as long.</summary>
    private const double MaxCopies = 4;

    public static int[] Of(LabeledBottlenecks data, int seed)
    {
        int[] rows = Repeat(data);
        new Random(seed).Shuffle(rows);
        return rows;
    }

    private static int[] Repeat(LabeledBottlenecks data)
    {
        int[] all = [.. Enumerable.Range(0, data.Count)];
        float[] weights = data.Weights.ToArray();
        float[] counted = [.. weights.Where(w => w > 0)];
        if (counted.Length == 0 || counted.Min() == counted.Max())
        {
            return weights.Length == 0 ? all : [.. all.Where(r => weights[r] > 0)];
        }

        double scale = Math.Min(1 / counted.Min(), MaxCopies * counted.Length / counted.Sum(w => (double)w));
        int[] labels = data.Labels.ToArray();
        return [.. all.GroupBy(r => labels[r]).OrderBy(c => c.Key).SelectMany(c => Resample([.. c], weights, scale))];
    }

    /// <summary>Row i comes floor or ceiling of weight * scale times; over a class, the roundings even out.</summary>
    private static IEnumerable<int> Resample(int[] rows, float[] weights, double scale)
    {
        double due = 0.5;
        foreach (int row in rows)
        {
            due += weights[row] * scale;
            for (; due >= 1; due--)
            {
                yield return row;
            }
        }
    }
}
