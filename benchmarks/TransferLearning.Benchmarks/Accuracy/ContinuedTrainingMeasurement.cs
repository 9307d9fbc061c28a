using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Models;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures what a model keeps and gains when its training continues with new images only, on photos that no training uses. Prints the
/// tables of <c>benchmarks/reports/continued-training.md</c>.
/// </summary>
internal static class ContinuedTrainingMeasurement
{
    private const int Seeds = 2;

    private static readonly (string Set, string Network)[] Cases =
    [
        ("sign-digits", "compact_v0"), ("trashnet", "compact_v0"), ("trashnet", "mobilenet_v1_0.5_160"),
        ("flowers-small", "mobilenet_v2_1.0_224"),
    ];

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [var cache, .. var chosen])
        {
            error.WriteLine("usage: measure-continuing CACHE-FOLDER [SET ...]");
            return 1;
        }

        var sets = new SharedSets(cache);
        (string Set, string Network)[] cases = [.. Cases.Where(c => chosen.Length == 0 || chosen.Contains(c.Set))];
        output.WriteLine("### Images of one new class\n");
        output.WriteLine(
            "| set, network | old classes: before | continued | new training | new class: continued | new training "
            + "| rejected: before | continued | new training | insects flagged: before | continued | new training |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach ((string set, string network) in cases)
        {
            Write(output, set, network, NewClass(sets, SharedSets.Open(set), SharedSets.Network(network)));
        }

        output.WriteLine("\n### More images of every second class\n");
        output.WriteLine(
            "| set, network | classes with more images: before | continued | new training "
            + "| other classes: before | continued | new training |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach ((string set, string network) in cases)
        {
            Write(output, set, network, MoreImages(sets, SharedSets.Open(set), SharedSets.Network(network)));
        }

        return 0;
    }

    private static double[] NewClass(SharedSets sets, ImageDataset data, Backbone network)
    {
        var rows = new List<double[]>();
        ImageDataset insects = Plain(SharedSets.Open("hymenoptera"));
        for (int seed = 0; seed < Seeds; seed++)
        {
            DatasetSplit split = HoldBack(data, seed);
            using TransferModel anew = Train(sets, split.Train, network, seed);
            foreach (string added in data.Labels)
            {
                using TransferModel model = Train(sets, Part(split.Train, i => i.Label != added), network, seed);
                using TransferModel continued = Continue(sets, Part(split.Train, i => i.Label == added), model, seed);
                ImageDataset known = Part(split.Validation, i => i.Label != added), fresh = Part(split.Validation, i => i.Label == added);
                TransferModel[] models = [model, continued, anew];
                (double Accuracy, double Rejected)[] ofKnown = Array.ConvertAll(models, m => Evaluate(sets, m, known));
                rows.Add(
                [
                    .. ofKnown.Select(e => e.Accuracy),
                    Evaluate(sets, continued, fresh).Accuracy,
                    Evaluate(sets, anew, fresh).Accuracy,
                    .. ofKnown.Select(e => e.Rejected),
                    .. models.Select(m => Evaluate(sets, m, insects).Rejected),
                ]);
            }
        }

        return Means(rows);
    }

    private static double[] MoreImages(SharedSets sets, ImageDataset data, Backbone network)
    {
        var rows = new List<double[]>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            DatasetSplit split = HoldBack(data, seed), early = split.Train.Split(1.0 / 3, seed + 2000);
            HashSet<string> grown = [.. data.Labels.Where((_, i) => i % 2 == 0)];
            using TransferModel model = Train(sets, Plain(early.Validation), network, seed);
            ImageDataset more = Part(early.Train, i => grown.Contains(i.Label!));
            using TransferModel continued = Continue(sets, more, model, seed);
            using TransferModel anew = Train(sets, ImageDataset.FromImages([.. early.Validation.Images, .. more.Images]), network, seed);
            ImageDataset with = Part(split.Validation, i => grown.Contains(i.Label!));
            ImageDataset without = Part(split.Validation, i => !grown.Contains(i.Label!));
            rows.Add(
            [
                Evaluate(sets, model, with).Accuracy,
                Evaluate(sets, continued, with).Accuracy,
                Evaluate(sets, anew, with).Accuracy,
                Evaluate(sets, model, without).Accuracy,
                Evaluate(sets, continued, without).Accuracy,
                Evaluate(sets, anew, without).Accuracy,
            ]);
        }

        return Means(rows);
    }

    /// <summary>With a seed other than that of the pipelines, which split the remaining images by the same hashes.</summary>
    private static DatasetSplit HoldBack(ImageDataset data, int seed) => data.Split(0.2, seed + 1000);

    private static TransferModel Train(SharedSets sets, ImageDataset data, Backbone network, int seed) => TransferPipeline
        .FineTune(Plain(data)).WithBackbone(network).WithBottleneckCache(sets.Cache).WithSeed(seed).Fit().Model;

    private static TransferModel Continue(SharedSets sets, ImageDataset data, TransferModel model, int seed) => TransferPipeline
        .FineTune(data).WithBottleneckCache(sets.Cache).WithSeed(seed).ContinueFrom(model).Fit().Model;

    private static ImageDataset Plain(ImageDataset data) => ImageDataset.FromImages(data.Images);

    private static ImageDataset Part(ImageDataset data, Func<LabeledImage, bool> keep) => ImageDataset.FromImages(data.Images.Where(keep));

    /// <summary>The share of correct labels, and of images that are detected as unknown, with bottlenecks from the cache.</summary>
    private static (double Accuracy, double Rejected) Evaluate(SharedSets sets, TransferModel model, ImageDataset images)
    {
        (Backbone backbone, LinearHead head) = model.Split();
        LabeledBottlenecks rows = sets.Extract(images, backbone);
        float[] logits = HeadPrediction.Logits(head, rows.Bottlenecks);
        int right = Enumerable.Range(0, rows.Count).Count(i =>
            model.Labels[SoftmaxRows.Largest(logits.AsSpan(i * head.Classes), head.Classes)] == images.Images[i].Label);
        int rejected = Enumerable.Range(0, rows.Count).Count(i => model.Detector?.Score(rows.Bottlenecks.Row(i)) > 0);
        return ((double)right / rows.Count, (double)rejected / rows.Count);
    }

    private static double[] Means(List<double[]> rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Average(r => r[c]))];

    private static void Write(TextWriter output, string set, string network, double[] figures)
    {
        string cells = string.Join(" | ", figures.Select(f => f.ToString("0.000", CultureInfo.InvariantCulture)));
        output.WriteLine($"| {set}, {network} | {cells} |");
        output.Flush();
    }
}
