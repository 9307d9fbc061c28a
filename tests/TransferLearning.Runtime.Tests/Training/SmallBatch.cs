using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Tests.Training;

/// <summary>Random images, and targets that go through the classes.</summary>
internal sealed record SmallBatch(float[] Images, float[] Targets)
{
    public static SmallBatch Of(Graph graph, int images, int classes)
    {
        var random = new Random(11);
        int length = images * graph.Inputs[0].Shape.Length;
        float[] values = [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 4) - 2))];
        float[] targets = new float[images * classes];
        for (int i = 0; i < images; i++)
        {
            targets[(i * classes) + (i % classes)] = 1;
        }

        return new SmallBatch(values, targets);
    }
}
