using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures how well images of none of the classes are detected: those of other sets (far), and those of a class that is left out of
/// training (near), each class in turn. Held-out images of the classes are the known ones. Prints the tables of
/// <c>benchmarks/reports/unknown-classes.md</c>.
/// </summary>
internal static class UnknownMeasurement
{
    private const int Seeds = 2;
    private const string Samples = "imagenet-samples";

    private static readonly KnownSet[] KnownSets =
    [
        new("hymenoptera"), new("flowers-small"), new("concrete-cracks"), new("sign-digits"), new("trashnet"),
        new("sign-digits", 20), new("trashnet", 20),
    ];

    private static readonly (string Name, Func<Backbone> Open)[] Networks =
    [
        ("resnet18", () => Backbone.ResNet18),
        Shared("compact_v0"), Shared("mobilenet_v1_0.25_128"), Shared("mobilenet_v2_1.0_224"),
    ];

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length != 1)
        {
            error.WriteLine("usage: measure-unknown CACHE-FOLDER");
            return 1;
        }

        var sets = new SharedSets(arguments[0]);
        var far = new Dictionary<(string Network, KnownSet Set), DetectorFigures>();
        var near = new Dictionary<(string Network, KnownSet Set), DetectorFigures>();
        foreach ((string name, Func<Backbone> open) in Networks)
        {
            Backbone network = open();
            var rows = SharedSets.SetNames.Append(Samples).ToDictionary(s => s, s => sets.Extract(SharedSets.Open(s), network));
            foreach (KnownSet set in KnownSets)
            {
                ImageDataset data = SharedSets.Open(set.Name);
                far.Add((name, set), Far(set, data, rows));
                if (data.Labels.Count > 2)
                {
                    near.Add((name, set), Near(set, data, rows[set.Name]));
                }
            }
        }

        Write(output, "Far: images of the other sets", far);
        Write(output, "Near: images of a class that was left out", near);
        return 0;
    }

    /// <summary>The mean over the other sets, each of equal weight, and the seeds.</summary>
    private static DetectorFigures Far(KnownSet set, ImageDataset data, Dictionary<string, LabeledBottlenecks> rows)
    {
        LabeledBottlenecks all = rows[set.Name];
        var figures = new List<DetectorFigures>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            (int[] train, int[] validation, int[] test) = set.Divide(data, seed);
            OutOfDistributionDetector detector = KnownSet.Fit(all, train, validation);
            double[] known = Scores(detector, all.Select(test));
            figures.AddRange(rows.Where(r => r.Key != set.Name).Select(r => DetectorFigures.Of(known, Scores(detector, r.Value))));
        }

        return DetectorFigures.Mean(figures);
    }

    /// <summary>The mean over the classes and the seeds.</summary>
    private static DetectorFigures Near(KnownSet set, ImageDataset data, LabeledBottlenecks all)
    {
        int[] labels = all.Labels.ToArray();
        var figures = new List<DetectorFigures>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            (int[] train, int[] validation, int[] test) = set.Divide(data, seed);
            for (int c = 0; c < all.ClassNames.Count; c++)
            {
                OutOfDistributionDetector detector = KnownSet.Fit(
                    all, [.. train.Where(r => labels[r] != c)], [.. validation.Where(r => labels[r] != c)]);
                figures.Add(DetectorFigures.Of(
                    Scores(detector, all.Select([.. test.Where(r => labels[r] != c)])),
                    Scores(detector, all.Select([.. Enumerable.Range(0, labels.Length).Where(r => labels[r] == c)]))));
            }
        }

        return DetectorFigures.Mean(figures);
    }

    private static (string Name, Func<Backbone> Open) Shared(string name) => (name, () => SharedSets.Network(name));

    private static double[] Scores(OutOfDistributionDetector detector, LabeledBottlenecks data)
    {
        double[] scores = new double[data.Count];
        Parallel.For(0, scores.Length, i => scores[i] = detector.Score(data.Bottlenecks.Row(i)));
        return scores;
    }

    private static void Write(TextWriter output, string title, Dictionary<(string Network, KnownSet Set), DetectorFigures> figures)
    {
        string[] networks = [.. figures.Keys.Select(k => k.Network).Distinct()];
        output.WriteLine($"### {title}\n");
        Write("area under the ROC curve / flagged at 5 % false rejects", f => $"{f.Area:0.000} / {100 * f.Flagged:0} %");
        Write("flagged / known images rejected, by the detector's own threshold", f =>
            $"{100 * f.UnknownRejected:0} % / {100 * f.KnownRejected:0.0} %");

        void Write(string figure, Func<DetectorFigures, FormattableString> text)
        {
            output.WriteLine($"| {figure} | {string.Join(" | ", networks)} |");
            output.WriteLine($"| --- |{string.Concat(networks.Select(_ => " --- |"))}");
            foreach (KnownSet set in figures.Keys.Select(k => k.Set).Distinct())
            {
                WriteRow(set.ToString(), n => figures[(n, set)]);
            }

            WriteRow("mean", n => DetectorFigures.Mean([.. figures.Where(f => f.Key.Network == n).Select(f => f.Value)]));
            output.WriteLine();

            void WriteRow(string name, Func<string, DetectorFigures> ofNetwork) => output.WriteLine(
                $"| {name} | {string.Join(" | ", networks.Select(n => text(ofNetwork(n)).ToString(CultureInfo.InvariantCulture)))} |");
        }
    }
}
