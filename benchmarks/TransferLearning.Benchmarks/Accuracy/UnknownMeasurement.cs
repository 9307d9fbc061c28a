using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures how well images of none of the classes are detected. Each class of a set is left out of training in turn: its images are the
/// unknown ones, and held-out images of the other classes are the known ones. Prints Markdown.
/// </summary>
internal static class UnknownMeasurement
{
    private const int Seeds = 3;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length != 1)
        {
            error.WriteLine("usage: measure-unknown CACHE-FOLDER");
            return 1;
        }

        var sets = new SharedSets(arguments[0]);
        output.WriteLine(
            "| network | sign-digits, class held out | trashnet, class held out "
            + "| flowers to trashnet | wrongly rejected | flowers rejected | flowers, class held out |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (string name in SharedSets.NetworkNames)
        {
            Backbone network = SharedSets.Network(name);
            double digits = HeldOutClasses(sets, "sign-digits", network), trash = HeldOutClasses(sets, "trashnet", network);
            (double area, double known, double unknown) = Flowers(sets, network);
            double garden = HeldOutClasses(sets, "flowers-small", network);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {digits:0.000} | {trash:0.000} | {area:0.000} "
                + $"| {100 * known:0.0} % | {100 * unknown:0.0} % | {garden:0.000} |"));
        }

        return 0;
    }

    private static double HeldOutClasses(SharedSets sets, string name, Backbone network)
    {
        ImageDataset data = SharedSets.Open(name);
        LabeledBottlenecks all = sets.Extract(data, network);
        int[] labels = all.Labels.ToArray();
        var areas = new List<double>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            (int[] train, int[] validation, int[] test) = Parts(data, seed);
            for (int c = 0; c < all.ClassNames.Count; c++)
            {
                OutOfDistributionDetector detector = Fit(
                    all, [.. train.Where(r => labels[r] != c)], [.. validation.Where(r => labels[r] != c)]);
                areas.Add(Area(
                    Scores(detector, all, [.. test.Where(r => labels[r] != c)]),
                    Scores(detector, all, [.. Enumerable.Range(0, labels.Length).Where(r => labels[r] == c)])));
            }
        }

        return areas.Average();
    }

    private static (double Area, double KnownRejected, double UnknownRejected) Flowers(SharedSets sets, Backbone network)
    {
        ImageDataset data = SharedSets.Open("trashnet");
        LabeledBottlenecks all = sets.Extract(data, network), flowers = sets.Extract(SharedSets.Open("flowers-small"), network);
        var results = new List<(double Area, double Known, double Unknown)>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            (int[] train, int[] validation, int[] test) = Parts(data, seed);
            OutOfDistributionDetector detector = Fit(all, train, validation);
            double[] known = Scores(detector, all, test);
            double[] unknown = Scores(detector, flowers, [.. Enumerable.Range(0, flowers.Count)]);
            results.Add((Area(known, unknown), Rejected(known), Rejected(unknown)));
        }

        return (results.Average(r => r.Area), results.Average(r => r.Known), results.Average(r => r.Unknown));
    }

    /// <summary>A fifth for testing; of the rest, a fifth for the threshold.</summary>
    private static (int[] Train, int[] Validation, int[] Test) Parts(ImageDataset data, int seed)
    {
        DatasetSplit outer = data.Split(0.2, seed);
        int[] rest = outer.TrainIndices.ToArray();
        DatasetSplit inner = outer.Train.Split(0.2, seed + 1000);
        return (
            Array.ConvertAll(inner.TrainIndices.ToArray(), i => rest[i]),
            Array.ConvertAll(inner.ValidationIndices.ToArray(), i => rest[i]),
            outer.ValidationIndices.ToArray());
    }

    private static OutOfDistributionDetector Fit(LabeledBottlenecks all, int[] train, int[] validation) =>
        OutOfDistributionDetector.Fit(all.Select(train), all.Select(validation), null, FalseRejectRateOption.Default, 0)
        ?? throw new InvalidOperationException("the set has too few images for a detector");

    private static double[] Scores(OutOfDistributionDetector detector, LabeledBottlenecks data, int[] rows) =>
        [.. rows.Select(r => (double)detector.Score(data.Bottlenecks.Row(r)))];

    private static double Rejected(double[] scores) => scores.Average(s => s > 0 ? 1.0 : 0);

    /// <summary>The share of pairs in which the unknown image scores higher.</summary>
    private static double Area(double[] known, double[] unknown) =>
        unknown.Average(u => known.Average(k => k < u ? 1 : k == u ? 0.5 : 0));
}
