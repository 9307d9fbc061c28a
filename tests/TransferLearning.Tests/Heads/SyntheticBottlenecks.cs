using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Tests.Heads;

/// <summary>Overlapping clusters of points that resemble bottlenecks: positive, of uneven scale, with one center per class.</summary>
internal static class SyntheticBottlenecks
{
    public static LabeledBottlenecks Create(int rows, int features, int classes, int seed, double noise = 1, double separation = 0.5)
    {
        double[] centers = new double[classes * features];
        var random = new Random(1234);
        for (int i = 0; i < centers.Length; i++)
        {
            centers[i] = separation * Gaussian(random);
        }

        random = new Random(seed);
        float[] values = new float[rows * features];
        int[] labels = new int[rows];
        for (int r = 0; r < rows; r++)
        {
            labels[r] = r % classes;
            for (int f = 0; f < features; f++)
            {
                double scale = 0.2 + (2.0 * f / features);
                values[(r * features) + f] = (float)(scale * (3 + centers[(labels[r] * features) + f] + (noise * Gaussian(random))));
            }
        }

        return new LabeledBottlenecks(new BottleneckMatrix(rows, features, values), labels, Names(classes));
    }

    public static string[] Names(int classes) => [.. Enumerable.Range(0, classes).Select(c => $"class{c:D3}")];

    public static LabeledBottlenecks WithWeights(this LabeledBottlenecks data, float[] weights) =>
        new(data.Bottlenecks, data.Labels.ToArray(), data.ClassNames, weights);

    public static double Accuracy(LinearHead head, LabeledBottlenecks data)
    {
        float[] logits = HeadPrediction.Logits(head, data.Bottlenecks);
        int right = 0;
        for (int i = 0; i < data.Count; i++)
        {
            right += SoftmaxRows.Largest(logits.AsSpan(i * head.Classes, head.Classes), head.Classes) == data.Labels[i] ? 1 : 0;
        }

        return (double)right / data.Count;
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
