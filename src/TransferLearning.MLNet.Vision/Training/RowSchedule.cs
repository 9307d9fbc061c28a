using TransferLearning.Heads;

namespace TransferLearning.MLNet.Vision.Training;

/// <summary>
/// The order of the rows in the trainer's file. The trainer keeps to that order in every epoch, so the rows are shuffled: otherwise, a step
/// would see only one class. The trainer does not support weights either, so a row of a higher weight is written more often, by systematic
/// resampling (Kitagawa, 1996) within each class.
/// </summary>
internal static class RowSchedule
{
    /// <summary>Repeated rows make the file at most this many times as long.</summary>
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

    /// <summary>Repeats row i floor or ceiling of weight * scale times; the roundings cancel out over a class.</summary>
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
