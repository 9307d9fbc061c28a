using TransferLearning.Bottlenecks;
using TransferLearning.Heads;

namespace TransferLearning.Benchmarks.Endurance;

/// <summary>Overlapping clusters that resemble bottlenecks: positive, one cluster per class.</summary>
internal static class SyntheticFeatures
{
    public const int Features = 512;
    public const int Classes = 10;

    public static LabeledBottlenecks Create(int rows, int seed)
    {
        float[] centers = new float[Classes * Features];
        var random = new Random(1);
        for (int i = 0; i < centers.Length; i++)
        {
            centers[i] = random.NextSingle();
        }

        random = new Random(seed);
        float[] values = new float[rows * Features];
        int[] labels = new int[rows];
        for (int r = 0; r < rows; r++)
        {
            labels[r] = random.Next(Classes);
            for (int f = 0; f < Features; f++)
            {
                values[(r * Features) + f] = Math.Max(0, centers[(labels[r] * Features) + f] + (8 * (random.NextSingle() - 0.5f)));
            }
        }

        return new LabeledBottlenecks(
            new BottleneckMatrix(rows, Features, values), labels, [.. Enumerable.Range(0, Classes).Select(c => $"class {c}")]);
    }
}
