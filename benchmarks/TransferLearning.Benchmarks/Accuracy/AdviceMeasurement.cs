using System.Globalization;
using TransferLearning.Advice;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Strategies;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures how good advice is, with many seeds on each set: on all photos, as users do, and on the training part of a split only. The
/// accuracy of a network on a set is that of a repeated cross-validation with other folds: every photo is predicted equally often, by heads
/// that were not trained on it. Prints Markdown.
/// </summary>
internal static class AdviceMeasurement
{
    // Cross-validation and advice must not use the same folds.
    private const int CrossValidationSeed = 1_000;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length is < 2)
        {
            error.WriteLine("usage: measure-advice CACHE-FOLDER SEEDS [SET ...]");
            return 1;
        }

        var sets = new SharedSets(arguments[0]);
        int seeds = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        Backbone[] networks = [.. SharedSets.NetworkNames.Select(SharedSets.Network)];
        foreach (string name in arguments.Length > 2 ? arguments[2..] : SharedSets.SetNames)
        {
            Measure(sets, name, seeds, networks, output);
        }

        return 0;
    }

    private static void Measure(SharedSets sets, string name, int seeds, Backbone[] networks, TextWriter output)
    {
        ImageDataset data = SharedSets.Open(name);
        Dictionary<Backbone, double> accuracy = networks.ToDictionary(n => n, n => CrossValidated(sets, data, n, seeds));
        Dictionary<Backbone, List<double>> heldOut = networks.ToDictionary(n => n, _ => new List<double>());
        var whole = new List<AdviceResult>();
        var parts = new List<Backbone>();
        for (int seed = 0; seed < seeds; seed++)
        {
            whole.Add(Advise(sets, data, networks, seed));
            DatasetSplit split = SharedSets.Divide(data, seed);
            parts.Add(Advise(sets, ImageDataset.FromImages(split.Train.Images), networks, seed).Recommended!.Backbone);
            foreach (Backbone network in networks)
            {
                heldOut[network].Add(Accuracy(sets.Extract(split.Train, network), sets.Extract(split.Validation, network), seed));
            }
        }

        AdviceResult last = whole[^1];
        output.WriteLine($"### {name}\n");
        output.WriteLine(
            "| network | accuracy | recommended on all photos | recommended on the training part | held-out accuracy "
            + "| LogME | similarity | ms per image | MB |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (BackboneAdvice advice in last.Candidates.OrderByDescending(c => accuracy[c.Backbone]))
        {
            output.WriteLine(
                Text($"| {advice.Backbone.Name} | {accuracy[advice.Backbone]:0.0000} ")
                + Text($"| {whole.Count(w => w.Recommended!.Backbone == advice.Backbone)} of {seeds} ")
                + Text($"| {parts.Count(r => r == advice.Backbone)} of {seeds} | {heldOut[advice.Backbone].Average():0.0000} ")
                + Text($"| {advice.LogMe:0.000} | {advice.Similarity:0.00} | {advice.MillisecondsPerImage:0.0} ")
                + Text($"| {advice.ModelBytes / 1e6:0.0} |"));
        }

        double best = accuracy.Values.Max(), bestHeldOut = heldOut.Values.Max(h => h.Average());
        output.WriteLine(
            Text($"\nPoints behind the best network: on all photos {Behind(best, whole.Select(w => accuracy[w.Recommended!.Backbone]))}; ")
            + Text($"on the training part {Behind(best, parts.Select(p => accuracy[p]))}; ")
            + Text($"the latter by the mean held-out accuracy {Behind(bestHeldOut, parts.Select(p => heldOut[p].Average()))}; ")
            + Text($"by the held-out accuracy of its own split {Behind(bestHeldOut, parts.Select((p, s) => heldOut[p][s]))}."));
        output.WriteLine($"Strategy: {last.Strategy}. {string.Join("; ", last.Evidence)}.\n");
    }

    private static AdviceResult Advise(SharedSets sets, ImageDataset data, Backbone[] networks, int seed) => TransferPipeline
        .Advise(data, new AdviceOptions { Backbones = networks }).WithBottleneckCache(sets.Cache).WithSeed(seed).Fit();

    private static double CrossValidated(SharedSets sets, ImageDataset data, Backbone network, int repeats)
    {
        CrossValidationResult result = TransferPipeline.CrossValidate(data, new CrossValidationOptions { Repeats = repeats })
            .WithBackbone(network).WithBottleneckCache(sets.Cache).WithSeed(CrossValidationSeed).Fit();
        using (result.Model)
        {
            return result.MeanAccuracy;
        }
    }

    private static string Behind(double best, IEnumerable<double> got)
    {
        double[] behind = [.. got.Select(g => 100 * (best - g))];
        return Text($"{behind.Average():0.00} (worst {behind.Max():0.00})");
    }

    private static double Accuracy(LabeledBottlenecks train, LabeledBottlenecks test, int seed)
    {
        LinearHead head = new SoftmaxRetrainer().Retrain(train, null, new RetrainingContext { Seed = seed }).Head;
        return ClassificationMetrics.Compute(test.ClassNames, test.Labels, HeadPrediction.Probabilities(head, test.Bottlenecks)).Accuracy;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
