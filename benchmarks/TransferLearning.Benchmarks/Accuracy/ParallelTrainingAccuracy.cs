using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Strategies;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures the benefit of a larger, unlabeled set: parallel training with ten labeled photos per class against a model of these photos
/// alone, both on photos that no training uses. Prints the tables of <c>benchmarks/reports/parallel-training.md</c>.
/// </summary>
internal static class ParallelTrainingAccuracy
{
    private const int LabeledPerClass = 10;
    private const int Seeds = 5;

    private static readonly string[] DataSets = ["trashnet", "sign-digits"];

    /// <summary>Arguments: <c>compact</c> or the name of a file in <c>../shared/models/onnx</c>, one or more.</summary>
    public static int Run(string[] backbones, TextWriter output)
    {
        foreach (string name in backbones)
        {
            Backbone backbone = name == "compact"
                ? Backbone.Compact
                : SharedSets.Network(Path.GetFileNameWithoutExtension(name));
            foreach (string data in DataSets)
            {
                Measure(data, ImageDataset.FromFolder(SharedFiles.PathOf("data", data)), backbone, output);
            }
        }

        return 0;
    }

    private static void Measure(string name, ImageDataset data, Backbone backbone, TextWriter output)
    {
        output.WriteLine(
            $"\n### {name}, {backbone.Name}\n\n| seed | small set | average | best | ensemble | result "
            + "| correct pseudo-labels | used | correct of those used |"
            + "\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var rows = new List<double[]>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            rows.Add(Measure(FewLabels.Draw(data, LabeledPerClass, seed), backbone, seed));
            output.WriteLine($"| {seed} | {Cells(rows[^1])} |");
            output.Flush();
        }

        double[] means = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Average(r => r[c]))];
        double[] gains = [.. rows.Select(r => r[4] - r[0])];
        output.WriteLine($"| mean | {Cells(means)} |");
        double[] deviations = [.. Enumerable.Range(0, rows[0].Length).Select(c => Deviation([.. rows.Select(r => r[c])]))];
        output.WriteLine($"| deviation | {Cells(deviations)} |");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nGain of the result over the small-set model: {100 * gains.Average():+0.0;-0.0} points, "
            + $"deviation {100 * Deviation(gains):0.0}, "
            + $"worst seed {100 * gains.Min():+0.0;-0.0;0.0}."));
    }

    private static double[] Measure(FewLabels few, Backbone backbone, int seed)
    {
        FineTuningResult alone = TransferPipeline.FineTune(few.Small).WithBackbone(backbone).WithSeed(seed).Fit();
        ParallelTrainingResult result = TransferPipeline.ParallelTrain(few.Small, few.Larger).WithBackbone(backbone).WithSeed(seed).Fit();
        alone.Model.Dispose();
        result.Model.Dispose();

        var cache = new BottleneckCache(BottleneckCache.DefaultDirectory);
        Extraction heldBack = new BottleneckExtractor(backbone, cache).Extract(few.HeldBack);
        double small = Accuracy(heldBack, [alone.Steps[0].Training.Head], softmax: false);
        LinearHead[] heads = [.. result.Segments.Select(s => s.Training.Head)];
        double average = Accuracy(heldBack, heads, softmax: false);
        double best = Accuracy(heldBack, [Best(result)], softmax: false);
        double ensemble = Accuracy(heldBack, heads, softmax: true);
        return
        [
            small, average, best, ensemble, result.KeptSmallSetModel ? small : average,
            result.PseudoLabelQuality!.Accuracy, result.PseudoLabelQuality.Coverage, result.PseudoLabelQuality.AccuracyOfUsed,
        ];
    }

    /// <summary>The head that <see cref="HeadCombination.Best"/> takes.</summary>
    private static LinearHead Best(ParallelTrainingResult result)
    {
        int[] labels = [.. result.TrainingData.Images.Select(i => result.Classes.ToList().IndexOf(i.Label!))];
        return result.Segments.MinBy(s => TemperatureLoss.Of([Label(s.Training.HeldOut!)], 1).LogLoss)!.Training.Head;

        LabeledLogits Label(HeldOutPredictions made) => new([made.Logits], Array.ConvertAll(made.Rows, r => labels[r]));
    }

    /// <summary>The accuracy of the mean of the heads' logits (equal to averaging their weights) or of their probabilities.</summary>
    private static double Accuracy(Extraction data, LinearHead[] heads, bool softmax)
    {
        int correct = 0, classes = heads[0].Classes;
        for (int i = 0; i < data.Bottlenecks.Count; i++)
        {
            double[] sums = new double[classes];
            foreach (LinearHead head in heads)
            {
                double[] scores = Logits(head, data.Bottlenecks.Row(i));
                double highest = scores.Max(), total = scores.Sum(s => Math.Exp(s - highest));
                for (int c = 0; c < classes; c++)
                {
                    sums[c] += softmax ? Math.Exp(scores[c] - highest) / total : scores[c];
                }
            }

            correct += Array.IndexOf(sums, sums.Max()) == data.Images.LabelIndices[i] ? 1 : 0;
        }

        return (double)correct / data.Bottlenecks.Count;
    }

    private static double[] Logits(LinearHead head, ReadOnlySpan<float> features)
    {
        double[] logits = new double[head.Classes];
        for (int c = 0; c < logits.Length; c++)
        {
            logits[c] = head.Bias[c];
            for (int f = 0; f < features.Length; f++)
            {
                logits[c] += (double)head.Weights[(c * features.Length) + f] * features[f];
            }
        }

        return logits;
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private static string Cells(double[] values) =>
        string.Join(" | ", values.Select(v => v.ToString("0.000", CultureInfo.InvariantCulture)));
}
