using BenchmarkDotNet.Attributes;
using TransferLearning.Bottlenecks;
using TransferLearning.Heads;

namespace TransferLearning.Benchmarks;

/// <summary>Times training a head on existing bottlenecks.</summary>
public class HeadTrainingBenchmarks
{
    private LabeledBottlenecks? _training;

    /// <summary>The number of images.</summary>
    [Params(400, 3670)]
    public int Images { get; set; }

    /// <summary>The number of features per image.</summary>
    [Params(384, 1280)]
    public int Features { get; set; }

    /// <summary>Draws five classes that overlap, from a fixed seed.</summary>
    [GlobalSetup]
    public void Draw()
    {
        const int Classes = 5;
        var random = new Random(1);
        float[] values = new float[Images * Features];
        int[] labels = new int[Images];
        for (int image = 0; image < Images; image++)
        {
            labels[image] = image % Classes;
            for (int feature = 0; feature < Features; feature++)
            {
                float shift = feature % Classes == labels[image] ? 0.1f : 0;
                values[(image * Features) + feature] = Math.Max(0, random.NextSingle() - 0.4f + shift);
            }
        }

        _training = new LabeledBottlenecks(new BottleneckMatrix(Images, Features, values), labels, ["a", "b", "c", "d", "e"]);
    }

    /// <summary>Trains a head with the default options.</summary>
    [Benchmark]
    public LinearHead Train() => new SoftmaxRetrainer().Retrain(_training!, null, new RetrainingContext()).Head;
}
