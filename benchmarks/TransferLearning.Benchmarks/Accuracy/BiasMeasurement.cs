using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Strategies;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures whether the accuracy that fine-tuning reports is that of its model: the tables of reports/bias.md. A fifth of each set is given
/// to fine-tuning, which divides it; the other images tell the true accuracy. Prints Markdown.
/// </summary>
internal static class BiasMeasurement
{
    private const int DefaultSeeds = 200;

    private static readonly string[] Sets = ["trashnet", "sign-digits", "flowers-small"];

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        int seeds = DefaultSeeds;
        if (arguments.Length is not (1 or 2)
            || (arguments.Length == 2 && !int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out seeds)))
        {
            error.WriteLine("usage: measure-bias CACHE-FOLDER [SEEDS]");
            return 1;
        }

        var sets = new SharedSets(arguments[0]);
        output.WriteLine("| set | images | validation | reported | true | bias | in the interval | log loss | calibration error |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var all = new List<Fit>();
        foreach (string set in Sets)
        {
            ImageDataset data = SharedSets.Open(set);
            LabeledBottlenecks bottlenecks = sets.Extract(data, Backbone.Compact);
            var fits = new Fit[seeds];
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.For(0, seeds, options, seed => fits[seed] = Measure(sets, data, bottlenecks, seed));
            all.AddRange(fits);
            output.WriteLine(Row(set, fits));
        }

        output.WriteLine(Row("all", all));
        return 0;
    }

    private static Fit Measure(SharedSets sets, ImageDataset data, LabeledBottlenecks bottlenecks, int seed)
    {
        int[] given = Fifth(bottlenecks.Labels.ToArray(), seed);
        FineTuningResult result = TransferPipeline
            .FineTune(data.Select(given), new FineTuningOptions { FalseRejectRate = null })
            .WithBackbone(Backbone.Compact).WithBottleneckCache(sets.Cache).WithSeed(seed).WithThreads(1).Fit();
        result.Model.Dispose();
        LabeledBottlenecks rest = bottlenecks.Select([.. Enumerable.Range(0, bottlenecks.Count).Except(given)]);
        float[] logits = HeadPrediction.Logits(result.Steps[^1].Training.Head, rest.Bottlenecks);
        var truth = ClassificationMetrics.Compute(
            rest.ClassNames,
            rest.Labels,
            HeadPrediction.Probabilities(logits, rest.ClassNames.Count, result.Calibration.Temperature));
        return new Fit(given.Length, result.Metrics, truth);
    }

    /// <summary>A fifth of each class, by a seed.</summary>
    private static int[] Fifth(int[] labels, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, labels.Length)];
        new Random(seed).Shuffle(rows);
        return [.. rows.GroupBy(r => labels[r]).SelectMany(c => c.Take((int)Math.Round(c.Count() / 5.0))).Order()];
    }

    private static string Row(string name, IReadOnlyList<Fit> fits)
    {
        double[] bias = [.. fits.Select(f => f.Reported.Accuracy - f.Truth.Accuracy)];
        double mean = bias.Average(), deviation = Math.Sqrt(bias.Sum(b => (b - mean) * (b - mean)) / (bias.Length - 1));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {fits.Average(f => f.Images):0} | {fits.Average(f => f.Reported.Images):0.0} "
            + $"| {fits.Average(f => f.Reported.Accuracy):0.000} | {fits.Average(f => f.Truth.Accuracy):0.0000} "
            + $"| {100 * mean:+0.00;-0.00} ± {100 * deviation / Math.Sqrt(bias.Length):0.00} "
            + $"| {fits.Average(f => f.IsHeld ? 1.0 : 0):0.000} "
            + $"| {Both(fits, m => m.LogLoss)} | {Both(fits, m => m.ExpectedCalibrationError)} |");
    }

    private static string Both(IReadOnlyList<Fit> fits, Func<ClassificationMetrics, double> figure) => string.Create(
        CultureInfo.InvariantCulture, $"{fits.Average(f => figure(f.Reported)):0.000}, true {fits.Average(f => figure(f.Truth)):0.000}");

    /// <summary>One fine-tuning.</summary>
    /// <param name="Images">The number of images given to it.</param>
    /// <param name="Reported">What it reports, about its validation part.</param>
    /// <param name="Truth">How its model does on the images that were not given to it.</param>
    private sealed record Fit(int Images, ClassificationMetrics Reported, ClassificationMetrics Truth)
    {
        /// <summary>True if the 95 % interval of the reported accuracy holds the true one.</summary>
        public bool IsHeld
        {
            get
            {
                ConfidenceInterval interval = Reported.AccuracyInterval();
                return Truth.Accuracy >= interval.Lower && Truth.Accuracy <= interval.Upper;
            }
        }
    }
}
