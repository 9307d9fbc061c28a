using TransferLearning.Bottlenecks;
using TransferLearning.Heads;

namespace TransferLearning.MLNet.Vision.Tests;

/// <summary>Random bottlenecks, sorted by class, that a linear head can separate.</summary>
internal static class Bottlenecks
{
    public static readonly string[] Classes = ["daisy", "rose", "tulip"];

    public static LabeledBottlenecks Make(int count, int seed = 1, int features = 1001, float[]? weights = null)
    {
        var random = new Random(seed);
        float[] values = new float[count * features];
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i * Classes.Length / count)];
        for (int i = 0; i < count; i++)
        {
            for (int f = 0; f < features; f++)
            {
                values[(i * features) + f] = (float)(random.NextDouble() - 0.5) + (f % Classes.Length == labels[i] ? 0.2f : 0);
            }
        }

        return new LabeledBottlenecks(new BottleneckMatrix(count, features, values), labels, Classes, weights);
    }
}
